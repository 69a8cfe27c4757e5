[description]
Sets java.util.logging up from etc/logging.properties.

[depend]
server

[xml]
etc/java-logging.xml
