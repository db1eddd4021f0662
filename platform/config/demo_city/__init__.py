"""The demonstration city: a believable Inzai in which every person is invented. Never outside localhost."""
