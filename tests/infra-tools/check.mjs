// Parses texts by the grammars of their own projects:  node check.mjs promql|kusto|workflow|dockerfile < JSON array of texts
// Prints an array of { errors, names, labels }: what is wrong, and for PromQL the metrics and labels that are read.
import { createRequire, register } from "node:module";

const require = createRequire(import.meta.url);

const checkers = {
  promql() {
    const { parser } = require("@prometheus-io/lezer-promql");
    return (text) => {
      const found = { errors: [], names: new Set(), labels: new Set() };
      parser.parse(text).iterate({
        enter(node) {
          const part = text.slice(node.from, node.to);
          if (node.type.isError) found.errors.push(`position ${node.from}: "${text.slice(node.from, node.from + 20)}" does not parse`);
          if (node.name === "VectorSelector") found.names.add(part.match(/^[a-zA-Z_:][a-zA-Z0-9_:]*/)?.[0] ?? part);
          if (node.name === "LabelName") found.labels.add(part);
        },
      });
      return { errors: found.errors, names: [...found.names], labels: [...found.labels] };
    };
  },

  kusto() {
    // The bridge makes globals; it is meant for browsers.
    require("@kusto/language-service-next/bridge.js");
    require("@kusto/language-service-next/Kusto.Language.Bridge.js");
    const { KustoCode, GlobalState, Symbols } = globalThis.Kusto.Language;
    const table = (name, columns) => new Symbols.TableSymbol.$ctor7(name, `(${columns})`, null);
    const standard = "timestamp: datetime, operation_Name: string, cloud_RoleName: string, customDimensions: dynamic";
    const database = new Symbols.DatabaseSymbol.ctor("insights", [
      table("customMetrics", `${standard}, name: string, value: real, valueCount: int, valueSum: real, valueMin: real, valueMax: real`),
      table("requests", `${standard}, name: string, success: bool, resultCode: string, duration: real`),
      table("traces", `${standard}, message: string, severityLevel: int`),
      table("exceptions", `${standard}, type: string, outerMessage: string, problemId: string`),
      table("dependencies", `${standard}, name: string, success: bool, duration: real, target: string, type: string`),
    ]);
    const globals = GlobalState.Default.WithDatabase(database);
    return (text) => {
      const code = KustoCode.ParseAndAnalyze(text, globals);
      const diagnostics = code.GetDiagnostics();
      const errors = [];
      for (let index = 0; index < diagnostics.Count; index++) {
        const one = diagnostics.getItem(index);
        if (one.Severity === "Error") errors.push(`position ${one.Start}: ${one.Message}`);
      }
      return { errors, names: [], labels: [] };
    };
  },

  async workflow() {
    // The package imports JSON as bundlers allow it; Node wants the type to be said.
    const hook = `export const load = (url, context, next) => next(url, url.endsWith(".json") ? { ...context, importAttributes: { type: "json" } } : context);`;
    register(`data:text/javascript,${encodeURIComponent(hook)}`);
    const { parseWorkflow, NoOperationTraceWriter } = await import("@actions/workflow-parser");
    return (text) => {
      const parsed = parseWorkflow({ name: "workflow.yml", content: text }, new NoOperationTraceWriter());
      return { errors: parsed.context.errors.getErrors().map((one) => one.message), names: [], labels: [] };
    };
  },

  dockerfile() {
    const { DockerfileParser } = require("dockerfile-ast");
    const known = ["FROM", "WORKDIR", "COPY", "RUN", "USER", "ENV", "VOLUME", "EXPOSE", "ENTRYPOINT", "CMD", "ARG", "LABEL"];
    return (text) => {
      const file = DockerfileParser.parse(text);
      const unknown = file.getInstructions().filter((one) => !known.includes(one.getKeyword()));
      const stages = file.getFROMs().map((one) => one.getBuildStage()).filter(Boolean);
      const absent = file.getCOPYs().map((one) => one.getFromFlag()?.getValue()).filter((stage) => stage && !stages.includes(stage));
      const forms = [...file.getENTRYPOINTs(), ...file.getCMDs()].filter((one) => !one.getOpeningBracket() || !one.getClosingBracket());
      return {
        errors: [
          ...unknown.map((one) => `line ${one.getRange().start.line + 1}: unknown instruction ${one.getKeyword()}`),
          ...absent.map((stage) => `there is no stage ${stage}`),
          ...forms.map((one) => `line ${one.getRange().start.line + 1}: ${one.getKeyword()} is no list`),
          ...(file.getInstructions()[0]?.getKeyword() === "FROM" ? [] : ["does not begin with FROM"]),
        ],
        names: file.getCOPYs().filter((one) => !one.getFromFlag()).flatMap((one) => one.getArguments().slice(0, -1).map((source) => source.getValue())),
        labels: [],
      };
    };
  },
};

const check = await checkers[process.argv[2]]();
const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
console.log(JSON.stringify(JSON.parse(Buffer.concat(chunks)).map(check)));
