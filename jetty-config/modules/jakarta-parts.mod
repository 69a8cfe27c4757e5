[description]
Adds what a Jakarta EE 10 Web Profile-like application needs and Jetty does not carry:
CDI (Weld), REST (Jersey), JSON-P/JSON-B (Parsson, Yasson), MicroProfile Config (SmallRye).
Jetty's own module ee10-cdi must stay away: it keeps all that it has injected until somebody destroys it, and of a web socket nobody does:
17 KB of heap for each connection, for ever. Nothing needs it: RtcEndpoint is made by CDI itself, StatusResource by Jersey's CDI.

[environment]
ee10

[depend]
ee10-annotations
ee10-websocket-jakarta

[files]
maven://io.smallrye.common/smallrye-common-annotation/2.15.0|lib/jakarta-parts/smallrye-common-annotation-2.15.0.jar
maven://io.smallrye.common/smallrye-common-classloader/2.15.0|lib/jakarta-parts/smallrye-common-classloader-2.15.0.jar
maven://io.smallrye.common/smallrye-common-constraint/2.15.0|lib/jakarta-parts/smallrye-common-constraint-2.15.0.jar
maven://io.smallrye.common/smallrye-common-expression/2.15.0|lib/jakarta-parts/smallrye-common-expression-2.15.0.jar
maven://io.smallrye.common/smallrye-common-function/2.15.0|lib/jakarta-parts/smallrye-common-function-2.15.0.jar
maven://io.smallrye.config/smallrye-config-common/3.15.1|lib/jakarta-parts/smallrye-config-common-3.15.1.jar
maven://io.smallrye.config/smallrye-config-core/3.15.1|lib/jakarta-parts/smallrye-config-core-3.15.1.jar
maven://io.smallrye.config/smallrye-config/3.15.1|lib/jakarta-parts/smallrye-config-3.15.1.jar
maven://jakarta.el/jakarta.el-api/5.0.1|lib/jakarta-parts/jakarta.el-api-5.0.1.jar
maven://jakarta.json.bind/jakarta.json.bind-api/3.0.1|lib/jakarta-parts/jakarta.json.bind-api-3.0.1.jar
maven://jakarta.json/jakarta.json-api/2.1.3|lib/jakarta-parts/jakarta.json-api-2.1.3.jar
maven://jakarta.validation/jakarta.validation-api/3.0.2|lib/jakarta-parts/jakarta.validation-api-3.0.2.jar
maven://jakarta.ws.rs/jakarta.ws.rs-api/3.1.0|lib/jakarta-parts/jakarta.ws.rs-api-3.1.0.jar
maven://org.eclipse.microprofile.config/microprofile-config-api/3.1|lib/jakarta-parts/microprofile-config-api-3.1.jar
maven://org.eclipse.parsson/parsson/1.1.9|lib/jakarta-parts/parsson-1.1.9.jar
maven://org.eclipse/yasson/3.0.4|lib/jakarta-parts/yasson-3.0.4.jar
maven://org.glassfish.hk2.external/aopalliance-repackaged/3.0.6|lib/jakarta-parts/aopalliance-repackaged-3.0.6.jar
maven://org.glassfish.hk2/hk2-api/3.0.6|lib/jakarta-parts/hk2-api-3.0.6.jar
maven://org.glassfish.hk2/hk2-locator/3.0.6|lib/jakarta-parts/hk2-locator-3.0.6.jar
maven://org.glassfish.hk2/hk2-utils/3.0.6|lib/jakarta-parts/hk2-utils-3.0.6.jar
maven://org.glassfish.hk2/osgi-resource-locator/1.0.3|lib/jakarta-parts/osgi-resource-locator-1.0.3.jar
maven://org.glassfish.jersey.containers/jersey-container-servlet-core/3.1.11|lib/jakarta-parts/jersey-container-servlet-core-3.1.11.jar
maven://org.glassfish.jersey.containers/jersey-container-servlet/3.1.11|lib/jakarta-parts/jersey-container-servlet-3.1.11.jar
maven://org.glassfish.jersey.core/jersey-client/3.1.11|lib/jakarta-parts/jersey-client-3.1.11.jar
maven://org.glassfish.jersey.core/jersey-common/3.1.11|lib/jakarta-parts/jersey-common-3.1.11.jar
maven://org.glassfish.jersey.core/jersey-server/3.1.11|lib/jakarta-parts/jersey-server-3.1.11.jar
maven://org.glassfish.jersey.ext.cdi/jersey-cdi1x-servlet/3.1.11|lib/jakarta-parts/jersey-cdi1x-servlet-3.1.11.jar
maven://org.glassfish.jersey.ext.cdi/jersey-cdi1x/3.1.11|lib/jakarta-parts/jersey-cdi1x-3.1.11.jar
maven://org.glassfish.jersey.inject/jersey-hk2/3.1.11|lib/jakarta-parts/jersey-hk2-3.1.11.jar
maven://org.glassfish.jersey.media/jersey-media-json-binding/3.1.11|lib/jakarta-parts/jersey-media-json-binding-3.1.11.jar
maven://org.glassfish.jersey.media/jersey-media-sse/3.1.11|lib/jakarta-parts/jersey-media-sse-3.1.11.jar
maven://org.javassist/javassist/3.30.2-GA|lib/jakarta-parts/javassist-3.30.2-GA.jar
maven://org.jboss.classfilewriter/jboss-classfilewriter/1.3.0.Final|lib/jakarta-parts/jboss-classfilewriter-1.3.0.Final.jar
maven://org.jboss.logging/jboss-logging/3.6.1.Final|lib/jakarta-parts/jboss-logging-3.6.1.Final.jar
maven://org.jboss.weld.environment/weld-environment-common/5.1.7.Final|lib/jakarta-parts/weld-environment-common-5.1.7.Final.jar
maven://org.jboss.weld.module/weld-web/5.1.7.Final|lib/jakarta-parts/weld-web-5.1.7.Final.jar
maven://org.jboss.weld.servlet/weld-servlet-core/5.1.7.Final|lib/jakarta-parts/weld-servlet-core-5.1.7.Final.jar
maven://org.jboss.weld/weld-api/5.0.SP3|lib/jakarta-parts/weld-api-5.0.SP3.jar
maven://org.jboss.weld/weld-core-impl/5.1.7.Final|lib/jakarta-parts/weld-core-impl-5.1.7.Final.jar
maven://org.jboss.weld/weld-lite-extension-translator/5.1.7.Final|lib/jakarta-parts/weld-lite-extension-translator-5.1.7.Final.jar
maven://org.jboss.weld/weld-spi/5.0.SP3|lib/jakarta-parts/weld-spi-5.0.SP3.jar

[lib]
lib/jakarta-parts/*.jar
