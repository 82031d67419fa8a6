/**
 * Addresses that mean nothing outside their network: what is written there is nobody else's business.
 *
 * In: a host as the URL parser writes it, without dots at its end. RFC 1122, 1918, 2544, 3927, 4193,
 * 4291, 6598, 6761, 6762, 6890 and 8375; names without a dot; names that routers and companies give.
 */
const INTRANET =
  /\.(local|localdomain|internal|intranet|intra|corp|lan|home|home\.arpa|private)$|(^|\.)fritz\.box$/;

export function isOnOwnMachine(host: string): boolean {
  return host === "localhost" || host.endsWith(".localhost") || host === "[::1]" || /^127\./.test(host);
}

export function isPrivate(host: string): boolean {
  if (host.startsWith("[")) return isPrivateIPv6(groups(host.slice(1, -1)));
  if (/^\d+\.\d+\.\d+\.\d+$/.test(host)) return isPrivateIPv4(host.split(".").map(Number));
  return !host.includes(".") || INTRANET.test(host);
}

function isPrivateIPv4([a = 0, b = 0, c = 0]: readonly number[]): boolean {
  return (
    a === 0 ||
    a === 10 ||
    a === 127 ||
    (a === 100 && b >= 64 && b <= 127) ||
    (a === 169 && b === 254) ||
    (a === 172 && b >= 16 && b <= 31) ||
    (a === 192 && b === 0 && c === 0) ||
    (a === 192 && b === 168) ||
    (a === 198 && (b === 18 || b === 19)) ||
    a >= 224 // multicast, reserved, broadcast
  );
}

function isPrivateIPv6(address: readonly number[]): boolean {
  const [first = 0, second = 0, third = 0] = address;
  const v4 = (high = 0, low = 0) => isPrivateIPv4([high >> 8, high & 255, low >> 8, low & 255]);
  const leading = address.findIndex(group => group !== 0);
  if (leading < 0 || leading > 5) return v4(address[6], address[7]); // ::, ::1, ::192.168.1.1
  if (leading === 5 && address[5] === 0xffff) return v4(address[6], address[7]); // ::ffff:192.168.1.1
  if (first === 0x64 && second === 0xff9b) return v4(address[6], address[7]); // through a translator
  if (first === 0x2002) return v4(second, third); // 6to4
  return (first & 0xfe00) === 0xfc00 || (first & 0xff80) === 0xfe80 || (first & 0xff00) === 0xff00;
}

/** The eight groups of an address, its "::" written out. */
function groups(address: string): number[] {
  const [head = "", tail] = address.split("::");
  const numbers = (part: string) => (part ? part.split(":").map(group => Number.parseInt(group, 16)) : []);
  const before = numbers(head);
  if (tail === undefined) return before;
  const after = numbers(tail);
  return [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after];
}
