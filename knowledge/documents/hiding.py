"""Text in HTML that people do not see: display:none, tiny, transparent, white on white, off the screen."""

import re

from bs4 import Tag

_RULES = re.compile(r"([^{}]+)\{([^{}]*)\}")
_SIMPLE = re.compile(r"^[a-z0-9]*(?:[.#][\w-]+)?$", re.IGNORECASE)
_WHITE = (
    r"(?:#f{3}(?:f)?\b|#f{6}(?:ff)?\b|#fe?fe?fe?\b|white\b|transparent\b"
    r"|rgba?\(\s*255[\s,]+255[\s,]+255[^)]*\)|rgba\([^)]*[,/]\s*0(?:\.0+)?\s*\))"
)
_HIDING = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all|opacity\s*:\s*0?(?:\.0\d*)?\s*(?:;|!|$)"
    r"|font-size\s*:\s*(?:0|0?\.\d+|1(?:\.\d+)?|2)(?:px|pt|em(?<![1-9]em)|rem(?<![1-9]rem)|%)?\s*(?:;|!|$)"
    r"|(?:left|right|top|bottom|margin-left|margin-top|text-indent)\s*:\s*-\d{3,}"
    r"|clip\s*:\s*rect\(\s*[01](?:px)?[\s,]+[01](?:px)?[\s,]+[01](?:px)?[\s,]+[01](?:px)?\s*\)|clip-path\s*:\s*inset\((?:50|100)%"
    r"|(?:max-)?(?:height|width)\s*:\s*[01](?:px)?\s*;.*overflow\s*:\s*hidden|overflow\s*:\s*hidden.*;\s*(?:max-)?(?:height|width)\s*:\s*[01](?:px)?\s*(?:;|!|$)"
    r"|transform\s*:\s*scale\(\s*0)",
    re.IGNORECASE | re.DOTALL,
)
_LIGHT = re.compile(rf"(?:^|;)\s*color\s*:\s*{_WHITE}", re.IGNORECASE)
_BACKGROUND = re.compile(r"(?:^|;)\s*background(?:-color|-image)?\s*:\s*([^;]+)", re.IGNORECASE)
_WHITE_ONLY = re.compile(rf"^\s*(?:{_WHITE}|none|inherit|initial)\s*(?:!important)?\s*$", re.IGNORECASE)


class Sight:
    """Knows the page's style rules with simple selectors (tag, .class, #id) and judges elements by them."""

    def __init__(self, styles: list[str]) -> None:
        self._rules: list[tuple[str, str]] = []
        for css in styles:
            css = re.sub(r"@(?:media|supports)[^{]*\{", "", re.sub(r"/\*.*?\*/", "", css[:200_000], flags=re.DOTALL))
            for selectors, body in _RULES.findall(css):
                if _HIDING.search(body) or _LIGHT.search(body) or _BACKGROUND.search(body):
                    self._rules += [(one.strip(), body) for one in selectors.split(",") if _SIMPLE.match(one.strip())]

    def is_hidden(self, element: Tag) -> bool:
        """True when this element (with what is in it) is not shown. Ancestors are the caller's business."""
        if element.has_attr("hidden") or str(element.get("aria-hidden", "")).lower() == "true" and element.name != "i":
            return True
        if element.name == "input":
            return True
        style = self._style(element)
        if _HIDING.search(style):
            return True
        colour = str(element.get("color", ""))
        light = bool(_LIGHT.search(style)) or bool(colour and re.fullmatch(_WHITE, colour, re.IGNORECASE))
        return light and not self._on_colour(element)

    def _style(self, element: Tag) -> str:
        own = str(element.get("style", ""))
        if not self._rules:
            return own
        names = {element.name, f"#{element.get('id')}"}
        for cls in element.get_attribute_list("class"):
            names |= {f".{cls}", f"{element.name}.{cls}"}
        return ";".join([*(body for selector, body in self._rules if selector in names), own])

    def _on_colour(self, element: Tag | None) -> bool:
        while element is not None and element.name != "[document]":
            if (named := element.get("bgcolor")) and not re.fullmatch(_WHITE, str(named), re.IGNORECASE):
                return True
            found = _BACKGROUND.findall(self._style(element))
            if found and not _WHITE_ONLY.match(found[-1]):
                return True
            element = element.parent
        return False
