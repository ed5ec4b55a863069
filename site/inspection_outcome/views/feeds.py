"""The views for programs: feed, dataset, health check, robots.txt, sitemap and preview image."""

from xml.etree import ElementTree as ET

from flask import Blueprint, Response, abort

from inspection_outcome.pages.dataset_format import encode_schema
from inspection_outcome.pages.urls import (
    DATASET,
    PREVIEW,
    ROBOTS,
    ROOT,
    SCHEMA,
    SITEMAP,
    feed_address,
)
from inspection_outcome.views.pages import at
from inspection_outcome.web import edition, language, renderer

_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"


def register(blueprint: Blueprint) -> None:
    """Add the addresses for programs, except the health check."""
    blueprint.add_url_rule(ROBOTS, view_func=robots)
    blueprint.add_url_rule(SITEMAP, view_func=sitemap)
    blueprint.add_url_rule(feed_address("<language>"), view_func=feed)
    blueprint.add_url_rule(DATASET, view_func=dataset)
    blueprint.add_url_rule(SCHEMA, view_func=dataset_schema)
    blueprint.add_url_rule(PREVIEW, view_func=preview)


def healthz() -> Response:
    """Return `ok` while the site is up."""
    return Response(
        "ok", content_type="text/plain; charset=utf-8", headers={"Cache-Control": "no-store"}
    )


def robots() -> Response:
    """Return a robots.txt that allows every page, and names the sitemap if there is one."""
    lines = ["User-agent: *", f"Allow: {ROOT}"]
    if public_url := edition().public_url:
        lines.append(f"Sitemap: {public_url}{SITEMAP}")
    return Response("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def sitemap() -> Response:
    """Return a sitemap of every page in every language, with its alternates.

    A sitemap needs absolute URLs: 404 without a public URL.
    """
    public_url = edition().public_url
    if not public_url:
        abort(404)
    ET.register_namespace("", _SITEMAP)
    ET.register_namespace("xhtml", _XHTML)
    root = ET.Element(f"{{{_SITEMAP}}}urlset")
    for layout in renderer().layouts():
        url = ET.SubElement(root, f"{{{_SITEMAP}}}url")
        ET.SubElement(url, f"{{{_SITEMAP}}}loc").text = layout.canonical
        for each in layout.alternates:
            ET.SubElement(
                url, f"{{{_XHTML}}}link", rel="alternate", hreflang=each.tag, href=each.href
            )
    return Response(
        ET.tostring(root, "unicode", xml_declaration=True),
        content_type="application/xml; charset=utf-8",
    )


@at(feed_address)
def feed() -> Response:
    """Return the Atom feed of updates in a language; 404 if no page shows updates."""
    content = renderer().feed(language().tag)
    if not content:
        abort(404)
    response = Response(content, content_type="application/atom+xml; charset=utf-8")
    response.headers["Content-Language"] = language().tag
    return response


def dataset() -> Response:
    """Return the report as JSON."""
    return _open(Response(renderer().dataset(), content_type="application/json"))


def dataset_schema() -> Response:
    """Return the JSON Schema of the report."""
    return _open(Response(encode_schema(), content_type="application/schema+json"))


def _open(response: Response) -> Response:
    """Let scripts of any site read a response, as it is public and the same for everybody."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def preview() -> Response:
    """Return the image for link previews."""
    return Response(renderer().preview(), content_type="image/png")
