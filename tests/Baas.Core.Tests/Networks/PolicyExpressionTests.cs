using Baas.Core.Networks.Policies;

namespace Baas.Core.Tests.Networks;

public sealed class PolicyExpressionTests
{
    [Theory]
    [InlineData("ANY Readers", "ANY Readers")]
    [InlineData("  MAJORITY   Endorsement ", "MAJORITY Endorsement")]
    [InlineData("/Channel/Application/LifecycleEndorsement", "/Channel/Application/LifecycleEndorsement")]
    [InlineData("and('A.peer',\n\t\"B.peer\")", "AND('A.peer', 'B.peer')")]
    [InlineData("OutOf ( 2, 'A.peer', OR('B.x.admin', 'C.member') )", "AND('A.peer', OR('B.x.admin', 'C.member'))")]
    [InlineData("outof(2, 'A.peer', 'B.client', 'C.orderer')", "OutOf(2, 'A.peer', 'B.client', 'C.orderer')")]
    [InlineData("AND('A.peer')", "OR('A.peer')")]
    public void Parse_Valid_IsWrittenInOneForm(string text, string expected)
    {
        var parsed = PolicyExpression.Parse(text);

        Assert.Equal(expected, parsed.ToString());
        Assert.Equal(parsed, PolicyExpression.Parse(expected));
    }

    [Theory]
    [InlineData("")]
    [InlineData("ANY")]
    [InlineData("any Readers")]
    [InlineData("ANY LifecycleEndorsement")]
    [InlineData("/Channel/Orderer/Admins")]
    [InlineData("OR(")]
    [InlineData("OR()")]
    [InlineData("OR('A.peer'")]
    [InlineData("OR('A.peer\")")]
    [InlineData("OR('A.peer') x")]
    [InlineData("OR('A.king')")]
    [InlineData("OR('Apeer')")]
    [InlineData("OR('A B.peer')")]
    [InlineData("OutOf('A.peer')")]
    [InlineData("OutOf(0, 'A.peer')")]
    [InlineData("OutOf(99999999999, 'A.peer')")]
    [InlineData("NOT('A.peer')")]
    public void TryParse_Wrong_SaysWhat(string text)
    {
        Assert.False(PolicyExpression.TryParse(text, out var expression, out var problem));
        Assert.Null(expression);
        Assert.NotEmpty(problem);
        Assert.Throws<FormatException>(() => PolicyExpression.Parse(text));
    }

    [Fact]
    public void TryParse_TooDeep_IsRefused()
    {
        var text = string.Concat(Enumerable.Repeat("OR(", 1300)) + "'A.peer'" + new string(')', 1300);

        Assert.False(PolicyExpression.TryParse(text, out _, out var problem));
        Assert.Contains("deep", problem, StringComparison.Ordinal);
    }
}
