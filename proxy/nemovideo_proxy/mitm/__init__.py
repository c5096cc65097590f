"""The recorder inside mitmproxy. Nothing outside this package imports mitmproxy."""
