"""Forms that readers send, without cookie or script: checked, kept for a while, mailed, and deleted."""
