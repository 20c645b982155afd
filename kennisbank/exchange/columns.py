"""The columns of a sheet of publications."""

from cms.exchange.columns import Column

COLUMNS = [
    Column(
        "kenmerk", "Uw eigen vaste naam voor de publicatie. Daaraan herkent een tweede keer haar.", "2026-leegstand"
    ),
    Column("titel", "De titel.", "Factsheet leegstand (voorbeeld)"),
    Column("samenvatting", "Hooguit 400 tekens.", "Waar u op let als u een schuur verhuurt."),
    Column("soort", "Naam of sleutel van een documentsoort.", "factsheet"),
    Column("datum", "Als 2026-11-23 of 23-11-2026.", "2026-11-23"),
    Column("taal", "nl, en, de of fr: de taal van het bestand.", "nl"),
    Column("themas", "Titels van thema's, met | ertussen.", "ondermijning"),
    Column("districten", "Titels van districten, met | ertussen.", "twente|ijsselland"),
    Column("gemeenten", "Namen of CBS-codes, met | ertussen.", "Zwolle|Deventer"),
    Column("organisaties", "Namen van wie het uitgeeft, met | ertussen.", ""),
    Column("doelgroepen", "Namen of sleutels, met | ertussen.", "ondernemers"),
    Column("verantwoordelijk", "Naam van de groep die haar bijhoudt.", "Redactie"),
    Column("controleren", "De dag waarop iemand moet nagaan of het stuk nog klopt.", "2027-11-01"),
    Column("bestanden", "Namen van bestanden, gezien vanaf de map van dit blad, met | ertussen.", "leegstand.pdf"),
    Column("vervangen_door", "Kenmerk of adres van de publicatie die haar vervangt.", ""),
    Column("publiceren", "ja of nee. Leeg: zoals u het commando geeft.", "nee"),
    Column("adres", "Het adres op de website.", told=True),
    Column("gepubliceerd", "ja of nee.", told=True),
    Column("bestand_adressen", "De adressen van de bestanden.", told=True),
    Column("bijgewerkt", "Wanneer zij het laatst gepubliceerd is.", told=True),
]
NAMES = [column.name for column in COLUMNS]
