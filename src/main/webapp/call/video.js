/** Shows a stream that has a track: one without would hold up the load of the page for ever. @param {HTMLVideoElement} video @param {MediaStream | undefined} stream @returns {boolean} whether it is news */
export function attach(video, stream) {
  const source = stream && stream.getTracks().length > 0 ? stream : null;
  if (video.srcObject === source) return false;
  video.srcObject = source;
  return source !== null;
}
