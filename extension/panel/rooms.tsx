/**
 * The panel's rooms, for whoever takes part: this page's notes, what needs a rating, one's own. Nobody else
 * sees anything of them.
 *
 * In: the server, the tab beside, who does errands, where drafts are kept. Out: a row of buttons over the
 * room that was chosen. A new draft leads to where it is written.
 */
import type { ComponentChildren } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import { say } from "../shared/catalogue";
import type { Me } from "../shared/community";
import type { Ask } from "../shared/errands";
import { Keeping } from "./keeping";
import { Own } from "./own";
import { Queue } from "./queue";
import { Write } from "./write";

interface Props {
  readonly server: string;
  /** Null where none is followed. */
  readonly tab: number | null;
  readonly ask: Ask;
  readonly storage: chrome.storage.StorageArea;
  readonly isConnected: boolean;
  /** What came of the last note that was begun: here, in the menu, in the popup. */
  readonly begun: { readonly said: string; readonly at: number } | null;
  readonly children: ComponentChildren;
}

const ROOMS = ["page", "rate", "write"] as const;
type Room = (typeof ROOMS)[number];

export function Rooms({ server, tab, ask, storage, isConnected, begun, children }: Props) {
  const [room, setRoom] = useState<Room>("page");
  const [me, setMe] = useState<Me | null>(null);
  const [said, setSaid] = useState("");
  const [, redraw] = useState({});
  const keeping = useMemo(() => new Keeping(storage, () => redraw({})), [storage]);
  const drafts = keeping.all;

  const look = async () => {
    const reply = await ask({ do: "me" });
    if ("done" in reply) setMe(reply.done);
    else setSaid(reply.fault.message);
  };
  useEffect(() => {
    const enough = new AbortController();
    void keeping.follow(enough.signal);
    return () => {
      void keeping.flush();
      enough.abort();
    };
  }, [keeping]);
  useEffect(() => {
    setMe(null);
    if (isConnected && room !== "page") void look();
  }, [isConnected, room]);
  useEffect(() => {
    if (!begun) return;
    setSaid(begun.said);
    setRoom(begun.said ? "page" : "write");
  }, [begun?.at]);

  const line = (
    <p role="status" class="fault" data-caveat="room-said">
      {said}
    </p>
  );
  if (!isConnected && drafts.length === 0)
    return (
      <>
        {said && line}
        {children}
      </>
    );

  return (
    <>
      <nav class="rooms" aria-label={say("rooms")} data-caveat="rooms">
        {ROOMS.map(each => (
          <button
            key={each}
            type="button"
            data-room={each}
            aria-current={room === each ? "page" : undefined}
            onClick={() => {
              setSaid("");
              setRoom(each);
            }}
          >
            {say(`room_${each}`)}
            {each === "write" && drafts.length > 0 && <span class="count"> {drafts.length}</span>}
          </button>
        ))}
      </nav>
      {room !== "rate" && isConnected && (
        <p class="actions">
          <button
            type="button"
            data-caveat="begin"
            disabled={tab === null}
            onClick={() => tab !== null && void ask({ do: "begin", tab })}
          >
            {say("write_begin")}
          </button>
        </p>
      )}
      {line}
      {room === "page" && children}
      {room === "rate" && <Queue server={server} ask={ask} />}
      {room === "write" && (
        <>
          {me && (me.stopped || !me.writing.may || me.writing.left === 0) && (
            <p class="fault" data-caveat="may-not">
              {me.stopped || (me.writing.may ? say("write_enough") : me.writing.reason)}
            </p>
          )}
          {drafts.map(draft => (
            <Write
              key={draft.id}
              draft={draft}
              author={me?.alias || say("write_you")}
              server={server}
              ask={ask}
              change={next => keeping.change(next)}
              kept={async () => keeping.flush()}
              discard={() => void keeping.discard(draft.id)}
              sent={() => {
                setSaid(say("write_sent"));
                void look();
              }}
            />
          ))}
          {me && me.own.length > 0 && <h2>{say("own_title")}</h2>}
          <ol class="entries">
            {me?.own.map(annotation => (
              <Own
                key={annotation.id}
                annotation={annotation}
                server={server}
                ask={ask}
                now={Date.now()}
                done={look}
              />
            ))}
          </ol>
        </>
      )}
    </>
  );
}
