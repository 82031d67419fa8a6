// Made by `npm run types` from the server's OpenAPI document. Do not edit.
export interface paths {
    "/api/v1/analyses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Analyse an article */
        post: {
            parameters: {
                query?: {
                    /** @description Adds every sentence, or every attribution, to the answer. */
                    detail?: ("sentences" | "attributions")[];
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Article"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        /** @description The analysis's content key. */
                        ETag?: string;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Analysis"];
                    };
                };
                /** @description The analysis is the one you have. */
                304: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                422: components["responses"]["UNPROCESSABLE_ENTITY"];
                default: components["responses"]["DEFAULT_ERROR"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/signals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The catalogue of signals */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        ETag?: string;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Catalogue"];
                    };
                };
                /** @description The catalogue is the one you have. */
                304: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                default: components["responses"]["DEFAULT_ERROR"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/feedback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say that a note was not useful */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Feedback"];
                };
            };
            responses: {
                /** @description No Content */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                422: components["responses"]["UNPROCESSABLE_ENTITY"];
                default: components["responses"]["DEFAULT_ERROR"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/pages/{prefix}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The first five hexadecimal digits of the SHA-256 of the page's normal address. */
                prefix: string;
            };
            cookie?: never;
        };
        /** What is said of pages */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description The first five hexadecimal digits of the SHA-256 of the page's normal address. */
                    prefix: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        ETag?: string;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Pages"];
                    };
                };
                /** @description Nothing has changed. */
                304: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                default: components["responses"]["DEFAULT_ERROR"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/claims": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How annotated claims are known again */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        ETag?: string;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AnnotatedClaims"];
                    };
                };
                /** @description Nothing has changed. */
                304: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                default: components["responses"]["DEFAULT_ERROR"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/claims/{prefix}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Five digits from the list. */
                prefix: string;
            };
            cookie?: never;
        };
        /** What is said of a claim */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description Five digits from the list. */
                    prefix: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        ETag?: string;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AnnotationsOfClaim"];
                    };
                };
                /** @description Nothing has changed. */
                304: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                default: components["responses"]["DEFAULT_ERROR"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/annotations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Submit an annotation
         * @description Rate what others said of the same words instead, where the answer is 409 with ``similar``; or send it
         *     again with ``anyway``.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Submission"];
                };
            };
            responses: {
                /** @description It was there already. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Annotation"];
                    };
                };
                /** @description Created */
                201: {
                    headers: {
                        /** @description The annotation's revision. */
                        ETag?: string;
                        /** @description Where the annotation is. */
                        Location?: string;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Annotation"];
                    };
                };
                /** @description Others said it already. */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["SimilarProblem"];
                    };
                };
                422: components["responses"]["UNPROCESSABLE_ENTITY"];
                default: components["responses"]["DEFAULT_ERROR"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/annotations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** One annotation */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        /** @description The annotation's revision. */
                        ETag?: string;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Annotation"];
                    };
                };
                default: components["responses"]["DEFAULT_ERROR"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change one's own annotation, within an hour and until it is decided */
        patch: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The revision you have seen, in quotes: refused (412) where it says something else since. Without it or with *, whatever it says. */
                    "If-Match"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Edit"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        /** @description The annotation's revision. */
                        ETag?: string;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Annotation"];
                    };
                };
                422: components["responses"]["UNPROCESSABLE_ENTITY"];
                default: components["responses"]["DEFAULT_ERROR"];
            };
        };
        trace?: never;
    };
    "/api/v1/annotations/{id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take back one's own annotation
         * @description What its raters made of it until then still counts in its author's record.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The revision you have seen, in quotes: refused (412) where it says something else since. Without it or with *, whatever it says. */
                    "If-Match"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        /** @description The annotation's revision. */
                        ETag?: string;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Annotation"];
                    };
                };
                default: components["responses"]["DEFAULT_ERROR"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/annotations/{id}/settle": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say that the page was corrected */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The revision you have seen, in quotes: refused (412) where it says something else since. Without it or with *, whatever it says. */
                    "If-Match"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Correction"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        /** @description The annotation's revision. */
                        ETag?: string;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Annotation"];
                    };
                };
                422: components["responses"]["UNPROCESSABLE_ENTITY"];
                default: components["responses"]["DEFAULT_ERROR"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/annotations/{id}/rating": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        get?: never;
        /** Rate another's annotation, or change one's mind */
        put: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The revision you have seen, in quotes: refused (412) where it says something else since. Without it or with *, whatever it says. */
                    "If-Match"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["GivenRating"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        /** @description The annotation's revision. */
                        ETag?: string;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Annotation"];
                    };
                };
                422: components["responses"]["UNPROCESSABLE_ENTITY"];
                default: components["responses"]["DEFAULT_ERROR"];
            };
        };
        post?: never;
        /**
         * Take back one's own rating, until it is locked
         * @description Where there is none, nothing changes. The next ranking counts without it.
         */
        delete: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The revision you have seen, in quotes: refused (412) where it says something else since. Without it or with *, whatever it says. */
                    "If-Match"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description No Content */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                default: components["responses"]["DEFAULT_ERROR"];
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/annotations/{id}/reports": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say that an annotation should not be there
         * @description It takes no account, and nothing of who said it is kept; once a day and address for each annotation.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Report"];
                };
            };
            responses: {
                /** @description No Content */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                422: components["responses"]["UNPROCESSABLE_ENTITY"];
                default: components["responses"]["DEFAULT_ERROR"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/annotations/{id}/appeals": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask that a decision about one's own annotation be looked at again */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Appeal"];
                };
            };
            responses: {
                /** @description No Content */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                422: components["responses"]["UNPROCESSABLE_ENTITY"];
                default: components["responses"]["DEFAULT_ERROR"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who you are here, and what you may do */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Me"];
                    };
                };
                default: components["responses"]["DEFAULT_ERROR"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/queue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What needs your rating most */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Queue"];
                    };
                };
                default: components["responses"]["DEFAULT_ERROR"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Fault: {
            /** @description JSON Pointer to the field. */
            pointer: string;
            /** @description What is wrong, and what would do. */
            detail: string;
            /** @description The limit it went over, where there is one. */
            limit?: number;
        };
        Problem: {
            /** @description about:blank: the status says it all. */
            type: string;
            /** @description The status in words. */
            title: string;
            /** @description The HTTP status. */
            status: number;
            /** @description What is wrong, and the way out. */
            detail: string;
            /** @description Each field that is wrong. */
            errors?: components["schemas"]["Fault"][];
        };
        PaginationMetadata: {
            /** @description Total number of items. */
            total?: number;
            /** @description Total number of pages. */
            total_pages?: number;
            /** @description First available page number. */
            first_page?: number;
            /** @description Last available page number. */
            last_page?: number;
            /** @description Current page number. */
            page?: number;
            /** @description Previous page number. */
            previous_page?: number;
            /** @description Next page number. */
            next_page?: number;
        };
        Link: {
            /** @description Code point at which the linked words begin. */
            start: number;
            /** @description Code point after the linked words. */
            end: number;
            /** @description Where the link leads. It is never fetched. */
            href: string;
        };
        Context: {
            /**
             * @description The page's address. It is not fetched, kept or logged.
             * @example https://news.example/2025/07/storm
             */
            url?: string | null;
            /** @description The headline. */
            title?: string | null;
            /** @description The outlet's name. */
            site?: string | null;
            /** @description Who wrote it, as printed. */
            byline?: string | null;
            /**
             * @description When it was published: an ISO 8601 date, or date and time.
             * @example 2025-07-14
             */
            published?: string | null;
            /**
             * @description The language the page declares, as a BCP 47 tag.
             * @example en
             */
            language?: string | null;
            /** @description The hyperlinks within the text. */
            links?: components["schemas"]["Link"][] | null;
        };
        Article: {
            /**
             * @description The article's words, a paragraph a line. Offsets count its Unicode code points.
             * @example Experts say the storm was the worst in years.
             *     The ministry gave no figures.
             */
            text: string;
            context?: components["schemas"]["Context"] | null;
        };
        Quote: {
            /** @description The words. */
            exact: string;
            /** @description Up to 32 code points before them. */
            prefix: string;
            /** @description Up to 32 code points after them. */
            suffix: string;
        };
        Span: {
            /** @description Code point at which the words begin; text[start:end] is the words. */
            start: number;
            /** @description Code point after the words. */
            end: number;
            /** @description The words. */
            text: string;
        };
        Attribution: {
            /**
             * @description How well a reader could look the source up.
             * @enum {string}
             */
            kind: "named" | "institution" | "document" | "unnamed" | "vague" | "none";
            source: components["schemas"]["Span"] | null;
            cue: components["schemas"]["Span"] | null;
            /** @description What is attributed; it can be in several pieces. */
            content: components["schemas"]["Span"][];
            relayed_by: components["schemas"]["Span"] | null;
            /** @description The full name given earlier, where the source is a short form. */
            name: string | null;
            /** @description Said or thought; what is merely wanted or done is not. */
            voiced: boolean;
        };
        Look: {
            /** @description The words that are searched for. */
            title: string;
            /**
             * @description Where the search leads.
             * @enum {string}
             */
            at: "web" | "source" | "statistics" | "fact-checks" | "wikipedia" | "wikidata";
            /** @description What to open. */
            url: string;
        };
        Evidence: {
            /** @description What it is; of a fact check, the claim as it was checked. */
            title: string;
            /** @description Where it is. */
            url: string;
            /** @description Its date. */
            date: string | null;
            /** @description Who published it. */
            publisher: string | null;
            /** @description Of a fact check: what it found, in its own words. */
            rating: string | null;
        };
        Claim: {
            /** @description Its name within this answer. */
            id: string;
            /** @description Code point at which the words begin; text[start:end] is the words. */
            start: number;
            /** @description Code point after the words. */
            end: number;
            quote: components["schemas"]["Quote"];
            /**
             * @description What sort of thing it states.
             * @enum {string}
             */
            kind: "quantity" | "cause" | "rule" | "forecast" | "event" | "statement" | "experience" | "opinion";
            /** @description How much checking it would be worth. It ranks; it never decides. */
            checkworthiness: number;
            attribution: components["schemas"]["Attribution"];
            /** @description Ways out of the page. */
            look: components["schemas"]["Look"][];
            /** @description Fact checks of claims that are like it; whether they fit, people say. */
            suggested: components["schemas"]["Evidence"][];
        };
        Note: {
            /** @description Its name within this answer. */
            id: string;
            /** @description The signal's id in the catalogue. */
            signal: string;
            /** @description The id of the claim it is about. */
            claim: string | null;
            /** @description Code point at which the words begin; text[start:end] is the words. */
            start: number;
            /** @description Code point after the words. */
            end: number;
            quote: components["schemas"]["Quote"];
            /** @description What was noticed. */
            message: string;
            /** @description What to ask oneself. */
            question: string;
            /** @description How sure the machine is that it noticed this. */
            confidence: number;
            /** @description Records outside the page. */
            evidence: components["schemas"]["Evidence"][];
            /** @description Ways out of the page. */
            look: components["schemas"]["Look"][];
        };
        PageNote: {
            /** @description Its name within this answer. */
            id: string;
            /** @description The signal's id in the catalogue. */
            signal: string;
            /** @description What was noticed. */
            message: string;
            /** @description What to ask oneself. */
            question: string;
            /** @description How sure the machine is that it noticed this. */
            confidence: number;
            /** @description Records outside the page. */
            evidence: components["schemas"]["Evidence"][];
            /** @description Ways out of the page. */
            look: components["schemas"]["Look"][];
        };
        Coverage: {
            /** @description Sentences read. */
            sentences: number;
            /** @description Claims found. */
            claims: number;
            /** @description Claims with a source of any kind. */
            attributed: number;
            /** @description Claims with a source a reader can look up. */
            named: number;
        };
        Unread: {
            /**
             * @description The reason in one word.
             * @enum {string}
             */
            reason: "language" | "empty";
            /** @description The reason in words for the reader. */
            message: string;
        };
        Signal: {
            /** @description Its name. */
            id: string;
            /** @description Its name for a reader. */
            name: string;
            /**
             * @description Decides the style of the line under the words.
             * @enum {string}
             */
            family: "sources" | "numbers" | "wording" | "reasoning" | "credit";
            /**
             * @description How loudly it speaks.
             * @enum {string}
             */
            level: "question" | "quiet" | "credit";
            /** @description What it is. */
            line: string;
            /** @description Why it matters. */
            why: string;
            /** @description What to ask oneself. */
            question: string;
            /** @description The concept it follows. */
            after: string;
            /** @description Where that concept is explained. */
            reference: string;
            /** @description Whether it is on unless switched off. */
            default: boolean;
        };
        Listing: {
            /** @description What it is called. */
            outlet: string;
            /** @description Its domain. */
            domain: string;
            /** @description In the list's own words. */
            category: string;
            /** @description When the list said so. */
            date: string;
            /** @description Where it was discussed. */
            url: string;
            /** @description Where the article links or cites it: start and end, in code points. */
            places: unknown[];
        };
        Sentence: {
            /** @description Code point at which the words begin; text[start:end] is the words. */
            start: number;
            /** @description Code point after the words. */
            end: number;
            /** @description How much checking it would be worth. */
            checkworthiness: number;
            /**
             * @description What sort of thing it states.
             * @enum {string}
             */
            kind: "quantity" | "cause" | "rule" | "forecast" | "event" | "statement" | "experience" | "opinion";
        };
        Analysis: {
            /** @description What read the article, with versions. */
            engine: string;
            /** @description BCP 47; null where there is too little text to tell. */
            language: string | null;
            /** @description In the order of the text. */
            claims: components["schemas"]["Claim"][];
            /** @description In the order of the text. */
            notes: components["schemas"]["Note"][];
            /** @description About the article as a whole. */
            page_notes: components["schemas"]["PageNote"][];
            coverage: components["schemas"]["Coverage"];
            unread: components["schemas"]["Unread"] | null;
            /** @description The catalogue's entries for the notes above, by id. */
            signals: {
                [key: string]: components["schemas"]["Signal"];
            };
            /** @description Of the outlets that the article links or cites. */
            listings: components["schemas"]["Listing"][];
            /** @description All of them; only with detail=sentences. */
            sentences?: components["schemas"]["Sentence"][];
            /** @description All of them; only with detail=attributions. */
            attributions?: components["schemas"]["Attribution"][];
        };
        PeoplesSignal: {
            /** @description Its name. */
            id: string;
            /** @description Its name for a reader. */
            name: string;
            /**
             * @description Decides the style of the line under the words.
             * @enum {string}
             */
            family: "sources" | "numbers" | "wording" | "reasoning" | "credit";
            /** @description What it is. */
            line: string;
            /** @description Whether an annotation of it has to name a source. */
            needs_source: boolean;
        };
        Catalogue: {
            /** @description Changes whenever an entry does. */
            version: string;
            /** @description In the order in which they are best shown. Machine and people use them. */
            signals: components["schemas"]["Signal"][];
            /** @description What only people's annotations can be about. */
            people: components["schemas"]["PeoplesSignal"][];
        };
        Feedback: {
            /** @description The signal's id in the catalogue. */
            signal: string;
            /** @description What read the article, as the analysis says. It is not kept. */
            engine: string;
        };
        AnnotatedPage: {
            /** @description SHA-256 of its normal address. */
            digest: string;
            /** @description Where a person finds it. */
            url: string;
            /** @description Its title. */
            title: string;
        };
        Words: {
            /** @description The words. */
            exact: string;
            /** @description What was before them. */
            prefix: string;
            /** @description What was after them. */
            suffix: string;
            start: number | null;
        };
        Source: {
            /** @description Its address. */
            url: string;
            /** @description What it is called. */
            title: string;
        };
        Rating: {
            /**
             * @description The verdict.
             * @enum {string}
             */
            verdict: "helpful" | "somewhat" | "not";
            reasons: string[];
        };
        Side: {
            helpful: number;
            ratings: number;
        };
        Standing: {
            ratings: number;
            sides: components["schemas"]["Side"][];
        };
        Annotation: {
            /** Format: uuid */
            id: string;
            page: components["schemas"]["AnnotatedPage"];
            target: components["schemas"]["Words"];
            /** @description The signal's id. */
            signal: string;
            /** @description What is said. */
            body: string;
            /** @description The language of the body. */
            language: string | null;
            sources: components["schemas"]["Source"][];
            /** @description An alias, or 'former volunteer'. */
            author: string;
            /**
             * @description Where it stands.
             * @enum {string}
             */
            status: "pending" | "needs-ratings" | "helpful" | "not-helpful" | "hidden" | "withdrawn" | "settled";
            /** @description Why it stands there, in a sentence. */
            reason: string;
            /** Format: date-time */
            created: string;
            /** Format: date-time */
            edited: string | null;
            /** @description Its ETag. */
            revision: number;
            /** @description What the page says now, where it was corrected. */
            correction: string | null;
            mine: boolean;
            /** @description Your own, of this wording. */
            rating: components["schemas"]["Rating"] | null;
            /** @description Null until it is decided or you have rated it. */
            standing: components["schemas"]["Standing"] | null;
        };
        Pages: {
            pages: {
                [key: string]: components["schemas"]["Annotation"][];
            };
        };
        AnnotatedClaims: {
            /** @description The number of a run of six words, and five digits to ask for. */
            runs: unknown[];
        };
        AnnotationsOfClaim: {
            annotations: components["schemas"]["Annotation"][];
        };
        Page: {
            /** @description Its address. What measures readers in it is not kept. */
            url: string;
            /**
             * @description Its title.
             * @default
             */
            title: string;
        };
        Target: {
            /** @description The words. */
            exact: string;
            /**
             * @description Up to 32 code points before them.
             * @default
             */
            prefix: string;
            /**
             * @description Up to 32 code points after them.
             * @default
             */
            suffix: string;
            /** @description Code point of the article's text at which they began. */
            start?: number | null;
        };
        Cited: {
            /** @description Its address: http or https. */
            url: string;
            /**
             * @description What it is called.
             * @default
             */
            title: string;
        };
        Submission: {
            /** @description The client's own name for it. The same twice is one annotation. */
            client_id: string;
            page: components["schemas"]["Page"];
            target: components["schemas"]["Target"];
            /** @description The signal's id. */
            signal: string;
            /** @description Plain text. */
            body: string;
            /** @description At most 5; some signals take at least one. */
            sources?: components["schemas"]["Cited"][];
            /** @description The language of the body. */
            language?: string | null;
            /**
             * @description Submit it though there is a similar one.
             * @default false
             */
            anyway: boolean;
        };
        SimilarProblem: {
            /** @description about:blank: the status says it all. */
            type: string;
            /** @description The status in words. */
            title: string;
            /** @description The HTTP status. */
            status: number;
            /** @description What is wrong, and the way out. */
            detail: string;
            /** @description Each field that is wrong. */
            errors?: components["schemas"]["Fault"][];
            similar?: components["schemas"]["Annotation"][];
        };
        Edit: {
            /** @description The signal's id. */
            signal?: string;
            /** @description Plain text. */
            body?: string;
            /** @description At most 5; some signals take at least one. */
            sources?: components["schemas"]["Cited"][];
            /** @description The language of the body. */
            language?: string | null;
        };
        Correction: {
            /** @description In a sentence or two. */
            correction: string;
        };
        GivenRating: {
            /** @enum {string} */
            verdict: "helpful" | "somewhat" | "not";
            /** @description Why. helpful takes the good ones, not the poor ones, somewhat both. */
            reasons?: ("clear" | "good-sources" | "addresses-claim" | "important-context" | "neutral" | "sources-missing" | "opinion" | "hard-to-understand" | "wrong-words" | "not-needed")[];
        };
        Report: {
            /** @enum {string} */
            kind: "private" | "abuse" | "unlawful" | "spam" | "misleading" | "other";
            /**
             * @description More, if you like.
             * @default
             */
            words: string;
        };
        Appeal: {
            /** @description What a moderator should know. */
            words: string;
        };
        Allowance: {
            may: boolean;
            /** @description Why, or what is missing. */
            reason: string;
            /** @description A day. */
            most: number;
            /** @description Of those, now. */
            left: number;
        };
        Me: {
            alias: string | null;
            /** @enum {string} */
            role: "volunteer" | "educator" | "moderator" | "administrator";
            may_write: components["schemas"]["Allowance"];
            may_rate: components["schemas"]["Allowance"];
            /** @description Why something is stopped for everybody; null where nothing is. */
            stopped: string | null;
            annotations: components["schemas"]["Annotation"][];
        };
        Queue: {
            annotations: components["schemas"]["Annotation"][];
        };
    };
    responses: {
        /** @description Unprocessable Entity */
        UNPROCESSABLE_ENTITY: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Any other error. */
        DEFAULT_ERROR: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
