"""The web channel: pages, widget, pictures and conversations over HTTP (docs/canal-web.md)."""
