"""Postal codes (郵便番号) and the addresses behind them, without a network: the data come with a dependency."""
