"""Facts out of prose: agreements, minutes, letters, mails and call notes, in Indonesian and English, with their exact words."""
