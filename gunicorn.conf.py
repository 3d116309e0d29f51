"""What gunicorn's command line does not take. gunicorn reads this file from the folder in which it is started."""

from gunicorn.http import message

# Whoever pastes a page of text into the search gets an answer: 10,000 characters of any script fit. gunicorn itself
# would stop at 8,190 bytes, which a thousand Chinese characters fill.
message.MAX_REQUEST_LINE = limit_request_line = 128 * 1024
