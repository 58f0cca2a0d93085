"""From the Quarto project `site/` to web pages: Quarto where it is installed, else offline."""

from aidkit.publish.site import PublishResult, publish_site

__all__ = ["PublishResult", "publish_site"]
