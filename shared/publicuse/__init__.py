"""What the city orders for facilities (行政使用): the order, its places, and the stop of new bookings."""
