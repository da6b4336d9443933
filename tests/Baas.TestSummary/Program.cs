using System.Xml.Linq;

// Adds the results of all test projects up: one line a machine can read, and each skip with its condition.
if (args is not [var folder] || !Directory.Exists(folder))
{
    Console.Error.WriteLine("usage: Baas.TestSummary FOLDER, with the .trx files of a test run");
    return 2;
}

XNamespace trx = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";
var results = Directory.GetFiles(folder, "*.trx", SearchOption.AllDirectories)
    .SelectMany(file => XDocument.Load(file).Descendants(trx + "UnitTestResult"))
    .Select(result => (
        Name: (string?)result.Attribute("testName") ?? "",
        Outcome: (string?)result.Attribute("outcome") ?? "",
        Message: (string?)result.Descendants(trx + "Message").FirstOrDefault() ?? (string?)result.Descendants(trx + "StdOut").FirstOrDefault() ?? ""))
    .ToList();
var passed = results.Count(result => result.Outcome == "Passed");
var skipped = results.Where(result => result.Outcome == "NotExecuted").ToList();
var failed = results.Count - passed - skipped.Count;
foreach (var condition in skipped.GroupBy(skip => skip.Message.Trim()))
{
    Console.WriteLine($"skipped, {condition.Key}: {condition.Count()} ({condition.First().Name})");
}

foreach (var (name, _, message) in results.Where(result => result.Outcome is not ("Passed" or "NotExecuted")))
{
    Console.WriteLine($"failed: {name}: {message.Trim().Split('\n')[0]}");
}

Console.WriteLine($"{passed} passed, {failed} failed{(skipped.Count == 0 ? "" : $", {skipped.Count} skipped")}");
return failed == 0 && passed > 0 ? 0 : 1;
