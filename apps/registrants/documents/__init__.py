"""The cards and the register of issues as PDF: 利用者カード, 登録証, 交付台帳."""
