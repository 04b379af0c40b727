"""What the property tests draw from: names however authors write them, inside Markdown however it is composed."""

from __future__ import annotations

from hypothesis import strategies as st

NAMES = ("Munaf Tlass", "Mustafa Tlass", "Firas Tlass", "Tlass", "Manaf Tlass", "Bashar al-Assad", "Assad", "Homs")
NAMES += ("Republican Guard", "the Guard", "Free Syrian Army", "FSA", "Jordan", "São Tomé", "مناف طلاس", "𝕄 Prize")
NAMES += ("حمص", "وبحمص", "بِحِمْص", "حـمـص", "لمناف طلّاس", "الحرس الجمهوري", "وللحرس الجمهوري", "الحرس", "وطلاس")
NAMES += ("Garde républicaine", "d'Assad", "jusqu’Homs", "l’Armée syrienne libre", "de la Garde", "ASL")

WORDS = st.sampled_from(
    """general in The A fled to Paris. 2012 naïve 😀 𝔘nicode شارع ét ﬁ -- … it's "so" 's pro- -led ( ) ! 1. _x_y a*b $ %
    “ ” e\u0301t \u200b""".split()
)
SPACES = st.sampled_from(
    [" "] * 12 + ["\n"] * 4 + ["  ", "\u00a0", "\t", "  \n", "\\\n", "\n ", " \u00ad", "&nbsp;", "", "\u2009"]
)
ESCAPES = st.sampled_from(
    [f"\\{c}" for c in r"\`*_{}[]()#+-.!|<>~:a"] + "&amp; &lt; &eacute; &#65; &#x1F600; &nope; &#0; &".split()
)
MARKERS = st.sampled_from(list(r"*_`[]()<>{}!#|~^:\&") + "** __ ~~ `` [[ ]] [^ ]( ::: {. ![".split())

_PLACES_IN_NAMES = ["\n", "  ", "\u00a0", "*", "_", "**", "\u00ad", "&shy;", "\\\n", "&nbsp;", "\u200d", "~~", "`"]
_PLACES_IN_NAMES += ["\u0640", "\u0651", "’"]


@st.composite
def names(draw: st.DrawFn) -> str:
    """A name as it is, in capitals, with something in its middle or around a part of it, or in a longer word."""
    name = draw(st.sampled_from(NAMES))
    begin, end = sorted((draw(st.integers(0, len(name))), draw(st.integers(0, len(name)))))
    inside = draw(st.sampled_from(_PLACES_IN_NAMES))
    around = draw(st.sampled_from(["*", "**", "_", "~~", "***"]))
    before, after = draw(st.sampled_from(["pro-", "", "Anti-"])), draw(st.sampled_from(["'s", "’", "-led", "-X", "-"]))
    return draw(
        st.sampled_from(
            [
                name,
                name,
                name.upper(),
                name.replace(" ", inside),
                name[:begin] + inside + name[begin:],
                name[:begin] + around + name[begin:end] + around + name[end:],
                before + name + after,
            ]
        )
    )


def _wrapped(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.builds("*{}*".format, inner),
        st.builds("**{}**".format, inner),
        st.builds("_{}_".format, inner),
        st.builds("~~{}~~".format, inner),
        st.builds("***{}** x*".format, inner),
        st.builds("[{}](https://example.org/a)".format, inner),
        st.builds("[{}](entry:munaf-tlass)".format, inner),
        st.builds("[{}](entry:nobody)".format, inner),
        st.builds('[{}](<../articles/text.md> "a \\" title")'.format, inner),
        st.builds("[{}][ref]".format, inner),
        st.builds("[{}]{{.nolink}}".format, inner),
        st.builds("[{}]{{#here lang=ar}}".format, inner),
        st.builds("[[homs|{}]]".format, inner),
        st.builds("![{}](../media/x.png)".format, inner),
        st.builds("`{}`".format, inner),
        st.builds("<b>{}</b>".format, inner),
        st.builds('"{}"'.format, inner),
        st.builds("({})".format, inner),
    )


_ATOMS = st.one_of(
    names(),
    names(),
    WORDS,
    WORDS,
    ESCAPES,
    MARKERS,
    st.sampled_from(["[[Homs]]", "[[nobody]]", "[^1]", "[^two]", "[^none]", "<https://example.org/>", "<a@b.org>"]),
)


@st.composite
def _sequence(draw: st.DrawFn, inner: st.SearchStrategy[str]) -> str:
    parts = draw(st.lists(inner, min_size=1, max_size=5))
    return "".join(part + draw(SPACES) for part in parts[:-1]) + parts[-1]


INLINE = st.recursive(_sequence(_ATOMS), lambda inner: _sequence(st.one_of(_ATOMS, _wrapped(inner))), max_leaves=6)
"""The text of a block, perhaps over several lines."""

_ONE_LINE = INLINE.map(lambda text: " ".join(text.split("\n")))


def _prefixed(text: str, first: str, rest: str) -> str:
    lines = text.split("\n")
    return "\n".join([first + lines[0], *(rest + line for line in lines[1:])])


@st.composite
def _table(draw: st.DrawFn) -> str:
    columns = draw(st.integers(1, 3))
    bar = draw(st.sampled_from(["|", " | ", "|  "]))
    rows = [[draw(_ONE_LINE).replace("|", "\\|") for _ in range(columns)] for _ in range(draw(st.integers(1, 3)))]
    rows.insert(1, [draw(st.sampled_from(["-", ":-", "--:", ":-:"])) for _ in range(columns)])
    return "\n".join(f"|{bar.join(row)}|" for row in rows)


_LEAVES = st.one_of(
    INLINE,
    INLINE,
    INLINE,
    st.builds(
        "{} {}{}".format, st.sampled_from(["#", "##", "###"]), _ONE_LINE, st.sampled_from(["", " ##", " {#an-id}"])
    ),
    st.builds("{}\n---".format, INLINE),
    _table(),
    st.builds("```\n{}\n```".format, INLINE),
    INLINE.map(lambda text: _prefixed(text, "    ", "    ")),
    st.builds("{}\n: {}\n: {}".format, _ONE_LINE, INLINE, INLINE),
    st.builds("[^1]: {}".format, INLINE),
    st.builds("[^two]: {}\n\n    {}".format, INLINE, _ONE_LINE),
    st.builds("{{.lead}}\n{}".format, INLINE),
    st.sampled_from(["---", "<div>\nMunaf Tlass\n</div>", "[ref]: /about/", "<!-- Homs -->", ":::"]),
)


def _nested(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    blocks = st.lists(inner, min_size=1, max_size=3).map("\n\n".join)
    return st.one_of(
        st.builds(lambda text, mark: _prefixed(text, mark, mark), blocks, st.sampled_from(["> ", ">", " >  "])),
        st.builds(lambda text: _prefixed(text, "> ", ""), blocks),
        st.builds(lambda text: _prefixed(text, "- ", "  "), blocks),
        st.builds(lambda text: _prefixed(text, "12. ", "    "), blocks),
        st.builds(lambda text: _prefixed(text, "*\t", "\t"), blocks),
        st.builds("::: nothing\n{}\n:::".format, blocks),
    )


BLOCK = st.recursive(_LEAVES, _nested, max_leaves=4)

LANGUAGES = st.sampled_from(["", "", "language: fr\n", "language: ar\n"])
"""What the front matter of an article says of its language."""

LINE_ENDS = st.sampled_from(["\n", "\n", "\n", "\r\n", "\r"])


@st.composite
def markdown(draw: st.DrawFn) -> str:
    """A text of some blocks, in one of the line ends that editors write."""
    blocks = draw(st.lists(BLOCK, min_size=1, max_size=4))
    return ("\n\n".join(blocks) + draw(st.sampled_from(["\n", "", "\n\n"]))).replace("\n", draw(LINE_ENDS))


YAML_LINES = st.sampled_from(
    ["title: A", "date: 2024-01-01", "x: '---'", "  - a", "# ---", "...x", " ---", "--- x", "key: |", "\t"]
)
