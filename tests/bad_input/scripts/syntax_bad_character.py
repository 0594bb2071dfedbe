# A character that is no part of the language.
# status: 1
# place: 5
# stderr: SyntaxError: invalid character '“' \(U\+201C\)
x = “quoted”
