"""WhatsApp and SMS, through Twilio."""
