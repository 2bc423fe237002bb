import { isValidElement, memo, type ReactNode } from "react";
import ReactMarkdown, { type Components } from "react-markdown";
import remarkGfm from "remark-gfm";
import classes from "@/features/assistant/components/markdown.module.css";
import { CodeBlock } from "@/shared/components/code-block";

const PLUGINS = [remarkGfm];

const COMPONENTS: Components = {
  // A block of code is a `code` inside of a `pre`; its language stands in the class.
  pre: ({ children }) => {
    if (!isValidElement<{ className?: string; children?: ReactNode }>(children)) {
      return <pre>{children}</pre>;
    }
    const language = /language-(\S+)/.exec(children.props.className ?? "")?.[1];
    return <CodeBlock code={textOf(children.props.children)} label={language ?? "Code"} />;
  },
  a: ({ href, children }) => (
    <a href={href} target="_blank" rel="noreferrer noopener">
      {children}
    </a>
  ),
  // A picture from elsewhere would tell that server who reads this; it becomes a link.
  img: ({ src, alt }) => {
    const words = alt === undefined || alt === "" ? "Picture" : alt;
    return typeof src === "string" && src !== "" ? (
      <a href={src} target="_blank" rel="noreferrer noopener">
        {words}
      </a>
    ) : (
      words
    );
  },
  table: ({ children }) => (
    <div className={classes["scroll"]}>
      <table>{children}</table>
    </div>
  ),
};

/** Markdown as elements. HTML in it stays text. */
export const Markdown = memo(function Markdown({ text }: { text: string }) {
  return (
    <div className={classes["markdown"]}>
      <ReactMarkdown remarkPlugins={PLUGINS} components={COMPONENTS}>
        {text}
      </ReactMarkdown>
    </div>
  );
});

function textOf(node: ReactNode): string {
  if (Array.isArray(node)) {
    return node.map(textOf).join("");
  }
  return (typeof node === "string" ? node : "").replace(/\n$/, "");
}
