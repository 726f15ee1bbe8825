"""Facebook Messenger, by the Graph API."""
