/** A module worker, which has neither a window nor a document: it joins a room, says what it is told, and tells the page what it hears. */
const { Visit } = await import(`/visitor.js${self.location.search}`);

self.onmessage = async ({ data: { name, room } }) => {
  const visit = new Visit(name, room);
  try {
    const peer = await visit.joined;
    peer.on('signal', (/** @type {{ text: string }} */ { text }) => self.postMessage(`heard ${text}`));
    await peer.send({ type: 'message', text: `from ${typeof window}, ${typeof document}` });
    self.postMessage('joined');
  } catch (error) {
    self.postMessage(String(error));
  }
};
self.postMessage('ready');
