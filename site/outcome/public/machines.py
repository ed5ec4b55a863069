"""What machines ask for: is it up, may it be indexed, which pages are there, what is its mark."""

from xml.etree import ElementTree as ET

from flask import Blueprint, Response, abort, send_from_directory

from outcome.edition import PACKAGE
from outcome.pages.addresses import PREVIEW
from outcome.web import edition

_DAY = 24 * 60 * 60  # seconds
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"


def register(blueprint: Blueprint) -> None:
    """Add the addresses that machines ask for."""
    blueprint.add_url_rule("/healthz", view_func=healthz)
    blueprint.add_url_rule("/robots.txt", view_func=robots)
    blueprint.add_url_rule("/sitemap.xml", view_func=sitemap)
    blueprint.add_url_rule(PREVIEW, view_func=preview)
    blueprint.add_url_rule("/favicon.svg", view_func=icon, defaults={"name": "favicon.svg"})
    blueprint.add_url_rule("/favicon.ico", view_func=icon, defaults={"name": "favicon.ico"})


def healthz() -> Response:
    """Answer `ok` while the site can answer."""
    return Response("ok", content_type="text/plain; charset=utf-8", headers={"Cache-Control": "no-store"})


def robots() -> Response:
    """Let every page be indexed, and name the sitemap where there is one."""
    lines = ["User-agent: *", "Allow: /"]
    if public_url := edition().public_url:
        lines.append(f"Sitemap: {public_url}/sitemap.xml")
    return Response("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def sitemap() -> Response:
    """Give every page in every language, with its alternates. It needs absolute addresses: 404 without a public one."""
    public_url = edition().public_url
    if not public_url:
        abort(404)
    ET.register_namespace("", _SITEMAP)
    ET.register_namespace("xhtml", _XHTML)
    root = ET.Element(f"{{{_SITEMAP}}}urlset")
    for frame in edition().frames():
        url = ET.SubElement(root, f"{{{_SITEMAP}}}url")
        ET.SubElement(url, f"{{{_SITEMAP}}}loc").text = frame.canonical
        for each in frame.alternates:
            ET.SubElement(url, f"{{{_XHTML}}}link", rel="alternate", hreflang=each.tag, href=each.href)
    return Response(ET.tostring(root, "unicode", xml_declaration=True), content_type="application/xml; charset=utf-8")


def preview() -> Response:
    """Give the picture for link previews."""
    return Response(edition().preview, content_type="image/png")


def icon(name: str) -> Response:
    """Give the site's mark."""
    return send_from_directory(PACKAGE / "static", name, max_age=_DAY)
