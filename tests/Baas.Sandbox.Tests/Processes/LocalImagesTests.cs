using Baas.Sandbox.Processes;
using Baas.Testing;

namespace Baas.Sandbox.Tests.Processes;

public sealed class LocalImagesTests : IDisposable
{
    private const string Image = "registry:5000/org/asset:1.0";

    private readonly TestFolder _folder = new();

    [Fact]
    public void Find_Mapped_GivesTheProgramBelowTheFile()
    {
        Directory.CreateDirectory(_folder.In("code"));

        var (program, refusal) = Find("""{ "images": { "registry:5000/org/asset": { "command": ["node", "server.js"], "workingFolder": "code", } } } // end""");

        Assert.Null(refusal);
        Assert.Equal(["node", "server.js"], program!.Command);
        Assert.Equal(_folder.In("code"), program.WorkingFolder);
    }

    [Fact]
    public void Find_NoFile_NamesFileAndExample()
    {
        var (program, refusal) = new LocalImages([_folder.In("sandbox-images.json")]).Find(Image);

        Assert.Null(program);
        Assert.Contains(_folder.In("sandbox-images.json"), refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "images": {} }""", "no program")]
    [InlineData("""{ "images": { "registry:5000/org/asset:1.0": { "command": [] } } }""", "\"command\" is empty")]
    [InlineData("""{ "images": { "registry:5000/org/asset:1.0": { "command": ["node"], "workingFolder": "gone" } } }""", "does not exist")]
    [InlineData("""{ "images": { "registry:5000/org/asset:1.0": { "command": ["node"], "requires": { "node_modules": "npm ci" } } } }""", "run \"npm ci\" there")]
    [InlineData("""{ "images": { "registry:5000/org/asset:1.0": { "comand": ["node"] } } }""", "cannot read")]
    [InlineData("""{ "images": """, "cannot read")]
    public void Find_WrongFile_SaysWhatIsWrong(string content, string expected)
    {
        var (program, refusal) = Find(content);

        Assert.Null(program);
        Assert.Contains(expected, refusal, StringComparison.Ordinal);
        Assert.Contains("sandbox-images.json", refusal, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private (LocalImage? Program, string? Refusal) Find(string content)
    {
        File.WriteAllText(_folder.In("sandbox-images.json"), content);
        return new LocalImages([_folder.In("sandbox-images.json")]).Find(Image);
    }
}
