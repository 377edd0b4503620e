"""Zones of time: by the names that dates carry, and by the country that a page comes from."""

from datetime import UTC, timedelta, timezone, tzinfo
from functools import cache

# Names in dates → hours from UTC. The American ones as RFC 822 fixes them; IST as India's, by number of readers.
_NAMES = """
UTC 0 GMT 0 UT 0 Z 0 WET 0 WEST 1 BST 1 CET 1 MEZ 1 CEST 2 MESZ 2 EET 2 EEST 3 MSK 3 МСК 3 TRT 3 EST -5 EDT -4 CST
-6 CDT -5 MST -7 MDT -6 PST -8 PDT -7 AKST -9 AKDT -8 HST -10 AST -4 ADT -3 NST -3.5 NDT -2.5 BRT -3 ART -3 CLT -4
CLST -3 COT -5 PET -5 VET -4 UYT -3 WAT 1 CAT 2 SAST 2 EAT 3 IDT 3 IRST 3.5 GST 4 AFT 4.5 PKT 5 UZT 5 IST 5.5 NPT
5.75 BDT 6 MMT 6.5 ICT 7 WIB 7 WITA 8 WIT 9 HKT 8 SGT 8 MYT 8 PHT 8 AWST 8 JST 9 KST 9 ACST 9.5 ACDT 10.5 AEST 10
AEDT 11 NZST 12 NZDT 13
"""
# Names that follow the season.
_SEASONAL = {"ET": "America/New_York", "CT": "America/Chicago", "MT": "America/Denver", "PT": "America/Los_Angeles"}

# Country → zone of most of its newsrooms, and hours from UTC in winter for machines without zone data.
_COUNTRIES = """
jp Asia/Tokyo 9 kr Asia/Seoul 9 kp Asia/Pyongyang 9 cn Asia/Shanghai 8 tw Asia/Taipei 8 hk Asia/Hong_Kong 8
mo Asia/Macau 8 sg Asia/Singapore 8 my Asia/Kuala_Lumpur 8 ph Asia/Manila 8 id Asia/Jakarta 7 th Asia/Bangkok 7
vn Asia/Ho_Chi_Minh 7 kh Asia/Phnom_Penh 7 la Asia/Vientiane 7 mm Asia/Yangon 6.5 bd Asia/Dhaka 6
in Asia/Kolkata 5.5 lk Asia/Colombo 5.5 np Asia/Kathmandu 5.75 pk Asia/Karachi 5 uz Asia/Tashkent 5 kz Asia/Almaty 5
ir Asia/Tehran 3.5 ae Asia/Dubai 4 sa Asia/Riyadh 3 qa Asia/Qatar 3 kw Asia/Kuwait 3 iq Asia/Baghdad 3
tr Europe/Istanbul 3 il Asia/Jerusalem 2 lb Asia/Beirut 2 jo Asia/Amman 3 sy Asia/Damascus 3 eg Africa/Cairo 2
ge Asia/Tbilisi 4 am Asia/Yerevan 4 az Asia/Baku 4 mn Asia/Ulaanbaatar 8 ru Europe/Moscow 3 by Europe/Minsk 3
ua Europe/Kyiv 2 gr Europe/Athens 2 cy Asia/Nicosia 2 bg Europe/Sofia 2 ro Europe/Bucharest 2 md Europe/Chisinau 2
fi Europe/Helsinki 2 ee Europe/Tallinn 2 lv Europe/Riga 2 lt Europe/Vilnius 2 de Europe/Berlin 1 at Europe/Vienna 1
ch Europe/Zurich 1 li Europe/Vaduz 1 fr Europe/Paris 1 be Europe/Brussels 1 lu Europe/Luxembourg 1
nl Europe/Amsterdam 1 es Europe/Madrid 1 it Europe/Rome 1 pl Europe/Warsaw 1 cz Europe/Prague 1
sk Europe/Bratislava 1 hu Europe/Budapest 1 si Europe/Ljubljana 1 hr Europe/Zagreb 1 rs Europe/Belgrade 1
ba Europe/Sarajevo 1 mk Europe/Skopje 1 al Europe/Tirane 1 se Europe/Stockholm 1 no Europe/Oslo 1
dk Europe/Copenhagen 1 mt Europe/Malta 1 uk Europe/London 0 gb Europe/London 0 ie Europe/Dublin 0 pt Europe/Lisbon 0
is Atlantic/Reykjavik 0 ma Africa/Casablanca 1 dz Africa/Algiers 1 tn Africa/Tunis 1 ng Africa/Lagos 1
gh Africa/Accra 0 sn Africa/Dakar 0 ci Africa/Abidjan 0 cm Africa/Douala 1 ke Africa/Nairobi 3
tz Africa/Dar_es_Salaam 3 ug Africa/Kampala 3 et Africa/Addis_Ababa 3 za Africa/Johannesburg 2
us America/New_York -5 ca America/Toronto -5 mx America/Mexico_City -6 gt America/Guatemala -6
cr America/Costa_Rica -6 pa America/Panama -5 cu America/Havana -5 do America/Santo_Domingo -4 co America/Bogota -5
ve America/Caracas -4 ec America/Guayaquil -5 pe America/Lima -5 bo America/La_Paz -4 cl America/Santiago -4
ar America/Argentina/Buenos_Aires -3 uy America/Montevideo -3 py America/Asuncion -3 br America/Sao_Paulo -3
au Australia/Sydney 10 nz Pacific/Auckland 12
"""
# Language → country, where one country has most of its newsrooms.
_LANGUAGES = """
ja jp ko kr th th vi vn id id my mm km kh lo la bn bd hi in ta in te in mr in gu in pa in kn in ml in si lk ne np
ur pk fa ir tr tr he il ka ge hy am az az mn mn ru ru be by uk ua el gr bg bg ro ro fi fi et ee lv lv lt lt de de
it it pl pl cs cz sk sk hu hu sl si hr hr sr rs bs ba mk mk sq al sv se no no nb no nn no da dk nl nl is is ca es
eu es gl es kk kz uz uz sw ke am et tl ph fil ph ms my
"""
# Languages of many countries: the host's country comes first, then this one.
_SHARED_LANGUAGES = {"zh": "cn", "fr": "fr", "es": "es", "pt": "br"}
# Two-letter domains that are sold to the world say nothing of a place.
_SOLD_DOMAINS = ("io", "tv", "co", "me", "ai", "fm", "ly", "cc", "ws", "gg", "sh", "to", "am", "la")


def zone_for(language: str | None, host: str | None) -> tzinfo:
    """The zone that a page means when its dates name none: by language and region, then by host; else UTC.

    `language` is a BCP 47 tag. A language of many countries (English, Spanish, Arabic) leaves it to the host.
    """
    primary, region = _subtags(language)
    by_language = _languages().get(primary)
    domain = (host or "").rpartition(".")[2].lower()
    by_host = None if domain in _SOLD_DOMAINS else domain
    for country in (region, by_language, by_host, _SHARED_LANGUAGES.get(primary)):
        if country and country in _countries():
            return _zone(*_countries()[country])
    return UTC


def named_zone(name: str) -> tzinfo | None:
    """The zone of a name such as JST or EDT, in any case, or Asia/Tokyo; None if it is none."""
    if "/" in name:
        return next((_zone(*known) for known in _countries().values() if known[0] == name), None)
    name = name.upper()
    if name in _SEASONAL:
        return _zone(_SEASONAL[name], -5)
    hours = _names().get(name)
    return None if hours is None else fixed_zone(hours)


def fixed_zone(hours: float) -> tzinfo:
    """A fixed offset; `hours` is between -24 and 24, exclusive."""
    return UTC if hours == 0 else timezone(timedelta(hours=hours))


@cache
def zone_names() -> tuple[str, ...]:
    """All names that `named_zone` knows, longest first."""
    return tuple(sorted((*_names(), *_SEASONAL), key=len, reverse=True))


def _subtags(language: str | None) -> tuple[str, str | None]:
    """Primary language and region of a tag, in lower case: `zh-Hant-TW` → zh, tw."""
    primary, *rest = (language or "").replace("_", "-").lower().split("-")
    return primary, next((part for part in rest if len(part) == 2), None)  # noqa: PLR2004 -- ISO 3166


@cache
def _zone(key: str, hours: float) -> tzinfo:
    """The zone of the data base; its winter offset where a machine has no zone data."""
    if key in ("Asia/Tokyo", "Asia/Seoul"):
        return fixed_zone(hours)  # no summer time since news is on the web: spare the data base
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return ZoneInfo(key)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return fixed_zone(hours)


@cache
def _names() -> dict[str, float]:
    words = _NAMES.split()
    return {name: float(hours) for name, hours in zip(words[::2], words[1::2], strict=True)}


@cache
def _languages() -> dict[str, str]:
    words = _LANGUAGES.split()
    return dict(zip(words[::2], words[1::2], strict=True))


@cache
def _countries() -> dict[str, tuple[str, float]]:
    words = _COUNTRIES.split()
    return {c: (key, float(hours)) for c, key, hours in zip(words[::3], words[1::3], words[2::3], strict=True)}
