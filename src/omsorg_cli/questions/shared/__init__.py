"""What several questions need: the records that are meant, what notices say of them, whether a stored result holds."""
