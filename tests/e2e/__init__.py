"""End-to-end tests: the real engine, the real extension, real Chromium and real Firefox."""
