using System.Text;
using Baas.Core.Operations.Transactions;

namespace Baas.Functions.Http;

/// <summary>What came of a call of a chaincode.</summary>
public sealed record InvocationResource
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>What the chaincode returned, when it is text.</summary>
    public string? Result { get; init; }

    /// <summary>What it returned, in base64, when it is no text.</summary>
    public byte[]? ResultBase64 { get; init; }

    /// <summary>The transaction's id; absent for evaluations.</summary>
    public string? TransactionId { get; init; }

    /// <summary>The block that holds it; absent for evaluations.</summary>
    public ulong? BlockNumber { get; init; }

    /// <summary>What peers found: <c>VALID</c>; absent for evaluations.</summary>
    public string? Status { get; init; }

    internal static InvocationResource Of(ReadOnlyMemory<byte> result)
    {
        try
        {
            return new InvocationResource { Result = Strict.GetString(result.Span) };
        }
        catch (DecoderFallbackException)
        {
            return new InvocationResource { ResultBase64 = result.ToArray() };
        }
    }

    internal static InvocationResource Of(SubmittedTransaction made) =>
        Of(made.Result) with { TransactionId = made.TransactionId, BlockNumber = made.BlockNumber, Status = TransactionResource.Valid };
}
