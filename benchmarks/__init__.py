"""One blog, built by sitegen and by its peers: time, memory, and who made what."""
