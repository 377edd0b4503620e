"""What an element is for, by its tag, ARIA role, itemprop and the words of its class and id."""

import re
from functools import cache, lru_cache
from itertools import pairwise

from newsreader.extract.pieces import Element
from newsreader.extract.tags import Role
from newsreader.extract.words import words

# Whole words of class names and ids, and (with a star) words that may be a part of a longer one.
_WORDS: dict[Role, tuple[str, ...]] = {
    Role.BODY: words("""
        article-body story-body entry-content post-content article-content article-text post-body
        body-content story-content articlebody storybody articletext bodytext
    """),
    Role.COMMENTS: words("""
        comments comment* disqus respond discussion komment* koment* coment* commenti reacties yorum*
    """),
    Role.CHROME: words("""
        nav navbar navigation menu breadcrumb* breadcrumbs pagination pager footer* masthead share sharing
        sharedaddy sharebar social* sns addthis follow ad ads adv advert* advertisement adsbygoogle dfp
        banner sponsor* promo promotion promobox newsletter* subscribe* subscription signup optin donate
        donation don dons cookie* consent* gdpr dsgvo rgpd lgpd rodo modal popup overlay toolbar tools print login
        search copyright disclaimer survey poll quiz rating download werbung anzeige publicite publicidad pubblicita
        reklama reklame annons callout-newsletter mailchimp skip cta apester tooltip pulldown dropdown popover
    """),
    Role.LINKS: words("""
        sidebar* related* relatedarticles recommend* recommended recommendations readmore morelinks mostread
        most-read popular* trending ranking latest latestnews recirc* recirculation onward teaser teasers
        headlines readalso seealso see-also outbrain* taboola* carousel slider morestories infobox factbox
        factsbox infokasten faktaboks faktaruta lire-aussi verwandte weitere similar suggest suggested
        suggestions upnext nextprev post-navigation also-read inline-related storylist
    """),
    Role.TOC: words("""
        toc tableofcontents table-of-contents toclist toc-list mokuji lwptoc
    """),
    Role.CAPTION: words("""
        caption* figcaption wp-caption-text credit credits photo-credit image-credit bildunterschrift
        legende pie-de-foto image-info photographer
    """),
    Role.BYLINE: words("""
        byline* author authors authorbox author-box author-bio authorbio bio vcard dateline date datetime
        pubdate publish-date timestamp posted-on entry-meta post-meta article-meta meta metadata
        article-info contributor contributors autor auteur autore reporter
    """),
    Role.TAGS: words("""
        tags taglist tag-list tags-list tag-links tagcloud keywords topics post-tags article-tags categories
        cat-links
    """),
    Role.STANDFIRST: words("""
        standfirst lead lede subtitle sub-title subheadline sub-headline subhead dek deck strapline intro
        excerpt chapo teaser-text vorspann ingress sottotitolo entradilla bajada catenaccio
    """),
    Role.PAYWALL: words("""
        paywall* regwall* paid-content-fade
    """),
}

_SHORT = 2  # letters of a word that says nothing in a pair: hashed class names are full of them

_TAG_ROLES = {
    "nav": Role.CHROME,
    "footer": Role.CHROME,
    "figcaption": Role.CAPTION,
    "aside": Role.LINKS,
    "menu": Role.CHROME,
}
_ARIA_ROLES = {
    "navigation": Role.CHROME,
    "banner": Role.CHROME,
    "contentinfo": Role.CHROME,
    "search": Role.CHROME,
    "menu": Role.CHROME,
    "dialog": Role.CHROME,
    "alertdialog": Role.CHROME,
    "complementary": Role.LINKS,
}


@cache
def _tables() -> tuple[dict[str, Role], list[tuple[str, Role]], str]:
    """The role of whole words, of parts of words (the strongest first), and the table that blanks all but letters."""
    whole: dict[str, Role] = {}
    parts: dict[str, Role] = {}
    for role, names in _WORDS.items():
        for word in names:
            plain = word.rstrip("*").replace("-", "")
            whole.setdefault(plain, role)
            if word.endswith("*"):
                parts.setdefault(plain, role)
    letters = "".join(char if char.isalpha() else " " for char in map(chr, range(128)))
    return whole, sorted(parts.items(), key=lambda one: -one[1]), letters


@cache
def _camel() -> re.Pattern[str]:
    return re.compile(r"(?<=[a-z])(?=[A-Z])")


@lru_cache(maxsize=8192)
def role_of_names(names: str) -> Role:
    """The strongest role that class names and an id speak of."""
    whole, _, letters = _tables()
    lowered = names if names.islower() else _camel().sub(" ", names).lower()
    plain = lowered.translate(letters).split()
    found = Role.NONE
    for word in plain:
        if (role := _role_of_word(word)) > found:
            found = role
    for one, other in pairwise(plain):
        if len(one) > _SHORT and (role := whole.get(one + other, found)) > found:
            found = role
    return found


@lru_cache(maxsize=8192)
def _role_of_word(word: str) -> Role:
    """The strongest role that a word speaks of; most names are made of words that others have too."""
    whole, parts, _ = _tables()
    found = whole.get(word, Role.NONE)
    for part, role in parts:
        if part in word:
            return max(found, role)
    return found


def role_of(element: Element) -> Role:
    """The role of an element; computed once."""
    if element.role is None:
        element.role = _read_role(element)
    return element.role


def _read_role(element: Element) -> Role:
    attrs = element.attrs
    role = _TAG_ROLES.get(element.tag, Role.NONE)
    if not attrs or element.tag in ("body", "html", "main"):
        return role
    if "itemprop" in attrs and (attrs["itemprop"] or "").lower() == "articlebody":
        return Role.BODY
    classes, identity = attrs.get("class"), attrs.get("id")
    if classes or identity:
        named = role_of_names(f"{classes or ''} {identity or ''}")
        role = max(role, named)
    return max(role, _ARIA_ROLES.get((attrs["role"] or "").lower(), role)) if "role" in attrs else role
