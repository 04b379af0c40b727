"""Tokens as HTML: markdown-it's renderer, with rules of our own for single kinds of token."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from msgspec.structs import replace

from explainer.render.gaps import Gaps, Parts
from explainer.render.inline import MARKUP, copied

OPTIONS = MarkdownIt("commonmark", {"xhtmlOut": False}).options


def held(parts: Parts) -> Token:
    """A token that stands for parts."""
    return Token("raw", "", 0, meta={"parts": parts}, block=True)


class Renderer(RendererHTML):
    """markdown-it's renderer; the methods below are its rules for single kinds of token."""

    def __init__(self, *, words: Callable[..., str], gaps: Gaps) -> None:
        # What `RendererHTML` would find by inspecting each instance.
        self.rules = {name: getattr(self, name) for name in _RULES}
        self.words = words
        self.gaps = gaps
        self.tables = 0

    def whole(self, tokens: Sequence[Token], *, html_allowed: bool) -> str:
        self.html_allowed = html_allowed
        return self.render(_tidied(tokens), OPTIONS, {})

    def renderInline(self, tokens: Sequence[Token], options: OptionsDict, env: EnvType) -> str:  # noqa: N802
        """The same as markdown-it's; most of a line is text."""
        out: list[str] = []
        for number, token in enumerate(tokens):
            if token.type in _TEXTS:
                out.append(escapeHtml(token.content))
            elif token.type == MARKUP:
                out.append(token.content)
            elif token.type in self.rules:
                out.append(self.rules[token.type](tokens, number, options, env))
            else:
                out.append(self.renderToken(tokens, number, options, env))
        return "".join(out)

    def renderToken(  # noqa: N802
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
    ) -> str:
        """The same as markdown-it's; a closing tag has no attributes and stands before no text."""
        token = tokens[idx]
        if token.nesting < 0 and not (token.hidden or token.attrs):
            return f"</{token.tag}>\n" if token.block else f"</{token.tag}>"
        return super().renderToken(tokens, idx, options, env)

    def raw(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        del options, env
        token = tokens[idx]
        return self.gaps.hold(token.meta.get("parts", (token.content,)))

    def html_block(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return super().html_block(tokens, idx, options, env) if self.html_allowed else html.escape(tokens[idx].content)

    def html_inline(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return super().html_inline(tokens, idx, options, env) if self.html_allowed else html.escape(tokens[idx].content)

    def image(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """In a line of text, where there is no room below it, an image's caption and credit are its title."""
        del options, env
        gap, below = tokens[idx].meta["image"], " ".join(filter(None, tokens[idx].meta["below"]))
        titled = (*gap.attributes, ("title", below)) if below else gap.attributes
        return self.gaps.hold((replace(gap, attributes=titled),))

    def link_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        del options, env
        return f"</a>{tokens[idx].meta.get('after', '')}"

    def table_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """A table scrolls in a region of its own, which the keyboard can reach."""
        self.tables += 1
        label = html.escape(f"{self.words('table')} {self.tables}")
        opening = self.renderToken(tokens, idx, options, env)
        return f'<section class="table" aria-label="{label}" tabindex="0">\n{opening}'

    def table_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return f"{self.renderToken(tokens, idx, options, env)}</section>\n"

    def footnote_ref(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        del options, env
        number, again = tokens[idx].meta["id"] + 1, tokens[idx].meta["subId"]
        mark = f"fnref-{number}-{again + 1}" if again else f"fnref-{number}"
        return f'<sup class="footnote-ref"><a href="#fn-{number}" id="{mark}" role="doc-noteref">{number}</a></sup>'

    def footnote_block_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        del tokens, idx, options, env
        return f'<section class="footnotes" aria-label="{html.escape(self.words("footnotes"))}">\n<ol>\n'

    def footnote_block_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        del tokens, idx, options, env
        return "</ol>\n</section>\n"

    def footnote_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        del options, env
        return f'<li id="fn-{tokens[idx].meta["id"] + 1}">\n'

    def footnote_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        del tokens, idx, options, env
        return "</li>\n"

    def footnote_anchor(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        del options, env
        number, again = tokens[idx].meta["id"] + 1, tokens[idx].meta.get("subId", 0)
        mark = f"fnref-{number}-{again + 1}" if again else f"fnref-{number}"
        label = html.escape(self.words("box_back_plain"))
        return f' <a class="footnote-back" href="#{mark}" role="doc-backlink" aria-label="{label}">↩︎</a>'


_TEXTS = frozenset({"text", "text_special"})

_OTHERS = frozenset({"whole", "renderInline", "renderToken", "__init__", "__module__", "__doc__"})
_RULES = tuple(RendererHTML().rules.keys() | (vars(Renderer).keys() - _OTHERS))
"""The kinds of token that have a method of their own."""


def _tidied(tokens: Sequence[Token]) -> list[Token]:
    """Headings below the title's level, alignments as classes, a lone image as a figure."""
    out: list[Token] = []
    ahead = iter(enumerate(tokens))
    for index, token in ahead:
        if token.tag == "h1":
            one = copied(token)
            one.tag = "h2"
            out.append(one)
        elif token.type in {"th_open", "td_open"} and "style" in token.attrs:
            one = copied(token)
            one.attrs = {"class": str(one.attrs["style"]).replace("text-align:", "align-")}
            out.append(one)
        elif token.type == "paragraph_open" and (image := _lone_image(tokens, index)):
            out.append(_figure(image))
            next(ahead), next(ahead)
        else:
            out.append(token)
    return out


def _lone_image(tokens: Sequence[Token], index: int) -> Token | None:
    """The image that a paragraph holds and nothing else; a footnote's holds the way back too."""
    children = tokens[index + 1].children or []
    is_alone = len(children) == 1 and children[0].type == "image" and tokens[index + 2].type == "paragraph_close"
    return children[0] if is_alone else None


def _figure(image: Token) -> Token:
    """An image with its title as a caption, and its credit."""
    caption, credit = map(html.escape, image.meta["below"])
    credit = f'<span class="credit">{credit}</span>' if credit else ""
    below = " ".join(filter(None, (caption, credit)))
    below = f"\n<figcaption>{below}</figcaption>" if below else ""
    return held(("<figure>\n", image.meta["image"], f"{below}\n</figure>\n"))
