"""The official forms of a booking: 使用許可申請書, 使用許可書, 不許可通知書."""
