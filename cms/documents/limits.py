"""How much the child process may use, and how it says that a file asks for more or cannot be read."""

MEMORY = 1024 * 1024 * 1024
CPU_SECONDS = 60
# Above the time on the processor: a machine under load gets there later. Below the time a worker gets to stop.
WALL_SECONDS = 100
PAGES = 3_000
CHARACTERS = 5_000_000
# A part of a file without pages is cut here, so that a fragment of it is cheap to make.
SECTION_CHARACTERS = 20_000

ZIP_MEMBERS = 20_000
ZIP_MEMBER_BYTES = 400 * 1024 * 1024
ZIP_RATIO = 200
# Below this a high ratio does no harm, and short repetitive files have one.
ZIP_RATIO_FROM = 20 * 1024 * 1024


class TooBigError(Exception):
    """The file goes beyond a limit; `reason` is a key of `reasons.UNREAD`. What was read before counts."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class UnreadableError(Exception):
    """The file cannot be read, now or ever; `reason` is a key of `reasons.UNREAD`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
