# Makes tillkeeper.properties(5) of tillkeeper.properties, so that neither says what the other does not:
#   awk -f properties.awk -v version=VERSION tillkeeper.properties
# A comment before a key is what is said of it; "# --- Name ---" begins a section.

function roff(text) {
  gsub(/\\/, "\\e", text)
  gsub(/-/, "\\-", text)
  sub(/^[.']/, "\\\\\\&&", text)
  return text
}

function flush_text() {
  if (text != "") print roff(text)
  text = ""
}

BEGIN {
  print ".TH TILLKEEPER.PROPERTIES 5 \"\" \"Tillkeeper " version "\" \"File formats\""
  print ".SH NAME"
  print "tillkeeper.properties \\- the configuration of tillkeeper(1)"
  print ".SH SYNOPSIS"
  print ".I /etc/tillkeeper/tillkeeper.properties"
  print ".SH DESCRIPTION"
}

/^# --- / {
  flush_text()
  gsub(/^# -+ | -+$/, "")
  print ".SH " toupper($0)
  next
}

/^# / {
  text = text (text == "" ? "" : " ") substr($0, 3)
  next
}

# A key, and the further ones that the same text is for.
/^#?[a-z][a-z0-9.-]*=/ {
  sub(/^#/, "")
  key = substr($0, 1, index($0, "=") - 1)
  value = substr($0, index($0, "=") + 1)
  print (text == "" && after_key ? ".TQ" : ".TP")
  print ".BR " roff(key) (value == "" ? "" : " \" = " roff(value) "\"")
  if (text != "") { pending = text; text = "" }
  after_key = 1
  next
}

{
  if (pending != "") { text = pending; pending = ""; flush_text() }
  flush_text()
  after_key = 0
}

END {
  if (pending != "") print roff(pending)
  flush_text()
  print ".SH SEE ALSO"
  print ".BR tillkeeper (1),"
  print ".I /usr/share/doc/tillkeeper/README.md"
}
