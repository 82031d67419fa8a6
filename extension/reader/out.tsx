/** A way out of the page. It opens when it is pressed, and does not tell the other side where from. */
import type { ComponentChildren } from "preact";

export function Out({
  href,
  title,
  label,
  pressed,
  children,
}: {
  readonly href: string;
  readonly title: string;
  /** What it is called where the words alone, read by themselves, would not tell. */
  readonly label?: string;
  /** Told when it is opened from here. */
  readonly pressed?: () => void;
  readonly children: ComponentChildren;
}) {
  return (
    <a
      href={href}
      title={title}
      aria-label={label}
      target="_blank"
      rel="noopener noreferrer"
      referrerpolicy="no-referrer"
      {...(pressed && { onClick: pressed, onAuxClick: pressed })}
    >
      {children}
    </a>
  );
}
