import { connect } from '@tokenly/client';
import { type Call, type CallPeer, type SignalingState, joinCall } from '@tokenly/client/call';
import { useEffect, useRef, useState } from 'react';

interface Room {
  peers: readonly CallPeer[];
  signaling: SignalingState;
  failure: Error | undefined;
  call: Call | undefined;
}

const EMPTY: Room = { peers: [], signaling: 'lost', failure: undefined, call: undefined };

/** A call for as long as the component is mounted, in whatever order React mounts and unmounts it. */
export function useCall(url: string, roomId: string, sessionId: string, stream: MediaStream): Room {
  const [room, setRoom] = useState(EMPTY);
  useEffect(() => {
    const client = connect(url);
    let call: Call | undefined;
    let isOver = false;
    const show = () => isOver || setRoom((before) => ({ ...before, call, peers: [...(call?.peers.values() ?? [])], signaling: call?.signaling ?? 'lost' }));
    const on = { 'peer-joined': show, 'peer-changed': show, 'peer-left': show, track: show, signaling: show, ended: show };
    joinCall(client, { roomId, sessionId, stream, on }).then(
      (joined) => {
        call = joined;
        show();
      },
      (failure) => isOver || setRoom({ ...EMPTY, failure }),
    );
    return () => {
      isOver = true;
      setRoom(EMPTY);
      void client.close(); // leaves the room, and ends the call
    };
  }, [url, roomId, sessionId, stream]);
  return room;
}

/** The picture of one other; `streams` change as it shares its screen. */
export function Tile({ peer }: { peer: CallPeer }) {
  return (
    <figure aria-busy={peer.state !== 'connected'}>
      {peer.streams.map((stream) => (
        <Video key={stream.id} stream={stream} />
      ))}
      <figcaption>
        {peer.id} {peer.isAway && '(away)'}
      </figcaption>
    </figure>
  );
}

function Video({ stream }: { stream: MediaStream }) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (video.current) video.current.srcObject = stream;
  }, [stream]);
  return <video ref={video} autoPlay playsInline />;
}
