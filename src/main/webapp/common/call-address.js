/** The page of a call in a room, beside another page of ours. @param {string} page its address @param {string} room @returns {URL} */
export function callAddress(page, room) {
  const address = new URL('call.html', page);
  address.searchParams.set('room', room);
  return address;
}
