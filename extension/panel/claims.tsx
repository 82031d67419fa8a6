/** Every claim of the article with its prepared searches, folded away. Nothing is asked before one is pressed. */
import { Ways } from "../reader/card";
import { Said, say, sayCount } from "../shared/catalogue";
import type { Claim } from "../shared/claims";

export function Claims({ claims }: { readonly claims: readonly Claim[] }) {
  if (claims.length === 0) return null;
  return (
    <details class="claims" data-caveat="claims">
      <summary>{sayCount("panel_claims", claims.length)}</summary>
      <p class="small">{say("panel_claims_what")}</p>
      <ol>
        {claims.map(claim => (
          <li key={claim.id}>
            <p class="words">
              <Said message="in_quotes" values={[<bdi key="words">{claim.words}</bdi>]} />
            </p>
            <Ways ways={claim.look} kind="look" title={say("ways_look")} />
          </li>
        ))}
      </ol>
    </details>
  );
}
