"""From files to values: settings, articles, entries, pages, media, each with the places of what it says."""
