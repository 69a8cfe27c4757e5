package tokenly.tool.verify.clients;

import tokenly.client.Client;

/** A session's program and the client that holds its session. */
record ClientInstance(ClientProgram program, Client client) {}
