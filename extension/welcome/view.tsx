/** What the first day looks like. Each screen's heading has the keyboard when it comes; arrow keys turn. */
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { Sample } from "../options/sample";
import { ServerForm } from "../options/server-form";
import { Line } from "../reader/card";
import { FAMILIES } from "../shared/analysis";
import { say } from "../shared/catalogue";
import { STANDARD } from "../shared/settings";

interface Props {
  /** Counted from 0. */
  readonly screen: number;
  readonly server: string;
  readonly turn: (to: number) => void;
  readonly leave: () => void;
}

const SCREENS = 3;

/** Its keys and its focus come with each screen, not a moment after it: people type ahead. */
export function Welcome({ screen, server, turn, leave }: Props) {
  const isLast = screen === SCREENS - 1;
  const main = useRef<HTMLElement>(null);
  const isFirstLook = useRef(true);
  useLayoutEffect(() => {
    if (!isFirstLook.current) main.current?.querySelector("h1")?.focus();
    isFirstLook.current = false;
  }, [screen]);
  useLayoutEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.target instanceof HTMLInputElement || event.altKey || event.ctrlKey || event.metaKey) return;
      if (event.key === "ArrowRight" && !isLast) turn(screen + 1);
      if (event.key === "ArrowLeft" && screen > 0) turn(screen - 1);
    };
    addEventListener("keydown", pressed);
    return () => removeEventListener("keydown", pressed);
  }, [screen, isLast, turn]);
  return (
    <main ref={main} data-caveat="welcome" data-screen={screen + 1}>
      <p class="small">{say("count", screen + 1, SCREENS)}</p>
      {screen === 0 && <What />}
      {screen === 1 && <Sends />}
      {screen === 2 && <Server server={server} />}
      <nav class="turn" aria-label={say("welcome_title")}>
        <button type="button" data-caveat="back" disabled={screen === 0} onClick={() => turn(screen - 1)}>
          {say("welcome_back")}
        </button>
        <button
          type="button"
          class="main"
          data-caveat={isLast ? "done" : "next"}
          onClick={isLast ? leave : () => turn(screen + 1)}
        >
          {say(isLast ? "welcome_done" : "welcome_next")}
        </button>
        {!isLast && (
          <button type="button" class="quiet" data-caveat="skip" onClick={leave}>
            {say("welcome_skip")}
          </button>
        )}
      </nav>
    </main>
  );
}

function Heading({ children }: { readonly children: ComponentChildren }) {
  return <h1 tabIndex={-1}>{children}</h1>;
}

function What() {
  return (
    <>
      <Heading>{say("welcome_what_title")}</Heading>
      <p>{say("welcome_what")}</p>
      <Sample theme="page" stroke={STANDARD.stroke} off={[]} />
      <h2>{say("welcome_lines")}</h2>
      <ul class="families">
        {FAMILIES.map(family => (
          <li key={family}>
            <Line family={family} />
            <b>{say(`family_${family}`)}</b>
            <span>{say(`family_${family}_what`)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

function Sends() {
  return (
    <>
      <Heading>{say("welcome_sends_title")}</Heading>
      <dl class="sends">
        <dt>{say("welcome_when")}</dt>
        <dd>{say("welcome_sends_when")}</dd>
        <dt>{say("welcome_what_is_sent")}</dt>
        <dd>{say("welcome_sends_what")}</dd>
        <dt>{say("welcome_never")}</dt>
        <dd>{say("welcome_sends_never")}</dd>
      </dl>
    </>
  );
}

function Server({ server }: { readonly server: string }) {
  return (
    <>
      <Heading>{say("welcome_server_title")}</Heading>
      <p>{say("welcome_server")}</p>
      <ServerForm server={server} />
      <p>{say("welcome_pin")}</p>
    </>
  );
}
