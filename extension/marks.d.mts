export const THEMES: readonly ("light" | "dark" | "sepia")[];
export const STROKES: readonly ("fine" | "strong")[];
export const QUIET: number;
export const PRINTED: string;
export function marks(tokens: string, theme: "light" | "dark" | "sepia", stroke: "fine" | "strong"): string;
export function shade(tokens: string, theme: "light" | "dark" | "sepia", name: string): string;
