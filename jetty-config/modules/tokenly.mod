[description]
Sets java.util.logging up from etc/logging.properties, and tells Tokenly its port.

[depend]
server

[xml]
etc/tokenly.xml
