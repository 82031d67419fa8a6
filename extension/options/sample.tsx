/** Two invented sentences with the five lines under their words. */
import { FAMILIES } from "../shared/analysis";
import { Said, say } from "../shared/catalogue";
import type { Settings } from "../shared/settings";

export function Sample({ theme, stroke, off }: Pick<Settings, "theme" | "stroke" | "off">) {
  const marked = FAMILIES.map(family => (
    <span key={family} class={off.includes(family) ? "" : `mark mark-${family}`}>
      {say(`sample_${family}`)}
    </span>
  ));
  return (
    <p class="sample" data-caveat="sample" data-theme={theme} data-stroke={stroke}>
      <Said message="sample_text" values={marked} />
    </p>
  );
}
