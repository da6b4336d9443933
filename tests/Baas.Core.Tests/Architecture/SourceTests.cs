using System.Text.RegularExpressions;

namespace Baas.Core.Tests.Architecture;

/// <summary>Rules that a compiler does not check.</summary>
public sealed partial class SourceTests
{
    private const int MaxLines = 300;

    /// <summary>Longer ones, each with its reason.</summary>
    private static readonly string[] LongFiles =
    [
        "tests/Baas.Core.Tests/Fabric/Transport/NodeConnectionTests.cs", // one fixture for all that a connection can meet
    ];

    /// <summary>The borders: behind each, foreign code runs, or nobody is left to tell. The journal and its steps look at tasks and catch nothing.</summary>
    private static readonly string[] Borders =
    [
        "src/Baas.Cli/Program.cs",
        "src/Baas.Functions/Hosting/Azure/ClusterConnector.cs",
        "src/Baas.Functions/Hosting/Local/TimerLoop.cs",
        "src/Baas.Core/Operations/Queues/MessageHandler.cs",
        "src/Baas.Functions/Http/ProblemMiddleware.cs",
        "src/Baas.Functions/Queues/QueuePump.cs",
        "src/Baas.Sandbox/Cluster/Api/RequestPipeline.cs",
        "src/Baas.Sandbox/Cluster/Controllers/WorkQueue.cs",
        "src/Baas.Sandbox/Cluster/Kubelet/ContainerWorker.cs",
        "src/Baas.Sandbox/Cluster/Kubelet/PodWorker.cs",
        "src/Baas.Sandbox/Cluster/Store/ChangePump.cs",
        "src/Baas.Sandbox/Emulation/Transport/GrpcService.cs",
    ];

    [Fact]
    public void WorkflowFiles_AreThere() => Assert.True(WorkflowFiles().Count() >= 10);

    [Theory]
    [InlineData(@"\bDateTime(Offset)?\.(Utc)?Now\b")]
    [InlineData(@"\bGuid\.(NewGuid|CreateVersion7)\b")]
    [InlineData(@"\bRandom(NumberGenerator)?\b")]
    [InlineData(@"\bTask\.(Run|Delay|Yield|Factory|WhenAny)\b")]
    [InlineData(@"\bThread\b|\bTimer\b|\bStopwatch\b")]
    [InlineData(@"\bEnvironment\.")]
    [InlineData(@"\b(File|Directory|Path)\.")]
    [InlineData(@"\bHttpClient\b")]
    [InlineData(@"\bILogger\b|\bIServiceProvider\b")]
    [InlineData(@"ConfigureAwait")]
    public void WorkflowFiles_SeeNothingButTheirContext(string forbidden) => SourceFile.AssertNone(
        from file in WorkflowFiles()
        from line in file.Lines
        where Regex.IsMatch(line.Line, forbidden)
        select $"{file.Path}:{line.Number}: {line.Line.Trim()}");

    [Fact]
    public void Workflows_StandInWorkflowFiles() => SourceFile.AssertNone(
        SourceFile.Product.Where(file => WorkflowClass().IsMatch(file.Text) && !file.Path.EndsWith(".workflow.cs", StringComparison.Ordinal)).Select(file => file.Path));

    [Fact]
    public void Commands_AreAllInTheProgram()
    {
        var program = SourceFile.Product.Single(file => file.Path == "src/Baas.Cli/Program.cs");
        SourceFile.AssertNone(
            from file in SourceFile.Product
            where file.Path.StartsWith("src/Baas.Cli/", StringComparison.Ordinal) && file.Path.EndsWith("Command.cs", StringComparison.Ordinal)
            where Regex.Count(program.Text, $@"\b{Path.GetFileNameWithoutExtension(file.Path)}\.Create\(\)") != 1
            select file.Path);
    }

    [Fact]
    public void Files_AreShort() => SourceFile.AssertNone(
        from file in SourceFile.Product.Concat(SourceFile.Tests)
        let lines = file.Text.AsSpan().Count('\n')
        where lines > MaxLines && !LongFiles.Contains(file.Path)
        select $"{file.Path} has {lines} lines");

    [Fact]
    public void GeneralCatches_StandAtNamedBorders() => SourceFile.AssertNone(
        from file in SourceFile.Product
        where !Borders.Contains(file.Path)
        from line in file.Lines
        where GeneralCatch().IsMatch(line.Line) && !NamedFilter().IsMatch(line.Line)
        select $"{file.Path}:{line.Number}: {line.Line.Trim()}");

    [Fact]
    public void BareCatches_Rethrow() => SourceFile.AssertNone(
        from file in SourceFile.Product
        from Match bare in BareCatch().Matches(file.Text)
        where !bare.Groups[1].Value.Contains("throw;", StringComparison.Ordinal)
        select $"{file.Path}: {bare.Value.ReplaceLineEndings(" ")}");

    [Fact]
    public void SystemClock_IsReadThroughTimeProvider() => SourceFile.AssertNone(
        from file in SourceFile.Product
        where !file.Path.StartsWith("src/Baas.Cli/", StringComparison.Ordinal) // it shows people how long ago something was, and decides nothing
        from line in file.Lines
        where SystemClock().IsMatch(line.Line)
        select $"{file.Path}:{line.Number}: {line.Line.Trim()}");

    [Fact]
    public void Types_AreNeverSearchedFor() => SourceFile.AssertNone(
        from file in SourceFile.Product
        from line in file.Lines
        where TypeSearch().IsMatch(line.Line)
        select $"{file.Path}:{line.Number}: {line.Line.Trim()}");

    [Theory]
    [InlineData("foreach (var type in assembly.GetTypes())")]
    [InlineData("var step = Type.GetType(name);")]
    [InlineData("AppDomain.CurrentDomain.GetAssemblies()")]
    [InlineData("Assembly.Load(name)")]
    public void TypeSearch_IsSeen(string line) => Assert.Matches(TypeSearch(), line);

    [Fact]
    public void Sources_HoldNoPathsOfAMachine() => SourceFile.AssertNone(
        from file in SourceFile.Product.Concat(SourceFile.Tests)
        where !file.Path.EndsWith("/SourceTests.cs", StringComparison.Ordinal)
        from line in file.Lines
        where MachinePath().IsMatch(line.Line)
        select $"{file.Path}:{line.Number}: {line.Line.Trim()}");

    private static IEnumerable<SourceFile> WorkflowFiles() => SourceFile.Product.Where(file => file.Path.EndsWith(".workflow.cs", StringComparison.Ordinal));

    [GeneratedRegex(@"^public sealed class \w+ : IWorkflow<", RegexOptions.Multiline)]
    private static partial Regex WorkflowClass();

    [GeneratedRegex(@"\bcatch \(Exception\b")]
    private static partial Regex GeneralCatch();

    [GeneratedRegex(@"\bcatch\s*\{((?:[^{}]|\{[^{}]*\})*)\}")]
    private static partial Regex BareCatch();

    /// <summary>A filter that names the exceptions that it lets in.</summary>
    [GeneratedRegex(@"when \(\w+ is (?!not)|when \(\w*Failures\.Is\w+\(")]
    private static partial Regex NamedFilter();

    [GeneratedRegex(@"\bDateTime(Offset)?\.(Utc)?Now\b")]
    private static partial Regex SystemClock();

    /// <summary>A scan of assemblies, or a class by its name as text: slow at the start, and never seen by a compiler. What is registered names its class.</summary>
    [GeneratedRegex(@"\b(GetTypes|GetExportedTypes|GetAssemblies|GetReferencedAssemblies|DefinedTypes|ExportedTypes)\b|\bAssembly\.(Load|LoadFrom|LoadFile)\b|\bType\.GetType\(|\bActivator\.CreateInstanceFrom\b")]
    private static partial Regex TypeSearch();

    [GeneratedRegex(@"/work/|/home/\w|/root/")]
    private static partial Regex MachinePath();
}
