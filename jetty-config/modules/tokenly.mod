[description]
Sets java.util.logging up from etc/logging.properties, and tells Tokenly its address.

[depend]
server

[xml]
etc/tokenly.xml
