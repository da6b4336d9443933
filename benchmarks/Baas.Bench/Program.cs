using System.CommandLine;
using Baas.Bench;
using Baas.Bench.Measuring;

var names = new Argument<string[]>("name") { Description = $"Which ones [default: all]: {string.Join(", ", Benchmarks.All.Select(benchmark => benchmark.Name))}", Arity = ArgumentArity.ZeroOrMore };
names.AcceptOnlyFromAmong([.. Benchmarks.All.Concat(Benchmarks.Real).Select(benchmark => benchmark.Name)]);
var json = new Option<FileInfo?>("--json") { Description = "Write the measurements to a file, too", HelpName = "FILE" };
var full = new Option<bool>("--full") { Description = "More runs and larger numbers; takes minutes" };
var strict = new Option<bool>("--strict") { Description = "End with 1 when a goal is not met" };
var real = new Option<bool>("--real") { Description = "Those that need Fabric's own programs (BAAS_FABRIC_BIN) instead of the others" };
var list = string.Join('\n', Benchmarks.All.Concat(Benchmarks.Real).Select(benchmark => $"  {benchmark.Name,-14} {benchmark.Description}"));
var command = new RootCommand($"Measures what the documents claim:\n{list}") { names, json, full, strict, real };
command.SetAction(async (line, cancellationToken) =>
{
    var picked = line.GetValue(names) ?? [];
    var machine = new Machine();
    List<Measurement> measurements = [];
    Report.Begin(machine);
    var usual = line.GetValue(real) ? Benchmarks.Real : Benchmarks.All;
    foreach (var benchmark in picked.Length == 0 ? usual : Benchmarks.All.Concat(Benchmarks.Real).Where(benchmark => picked.Contains(benchmark.Name)))
    {
        await foreach (var measurement in benchmark.Measure(line.GetValue(full), cancellationToken))
        {
            Report.Show(measurement);
            measurements.Add(measurement);
        }
    }

    if (line.GetValue(json) is { } file)
    {
        Report.Write(file.FullName, machine, measurements);
    }

    return line.GetValue(strict) && measurements.Exists(measurement => measurement.IsMet == false) ? 1 : 0;
});
try
{
    return await command.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (BenchException reason)
{
    await Console.Error.WriteLineAsync(reason.Message);
    return 2;
}
