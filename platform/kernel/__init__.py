"""Pure values that every layer shares: time, Japanese dates, yen, kana, names, numbers. No Django in here."""
