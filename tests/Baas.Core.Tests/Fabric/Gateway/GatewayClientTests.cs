using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Baas.Core.Fabric.Gateway;
using Baas.Core.Fabric.Gateway.Errors;
using Baas.Core.Fabric.Protos.Gateway;
using Baas.Core.Fabric.Protos.Peer;
using Baas.Core.Fabric.Transport;
using Baas.Core.Tests.Fabric.Transport;
using Baas.Testing.Time;
using Microsoft.AspNetCore.Http;

namespace Baas.Core.Tests.Fabric.Gateway;

public sealed class GatewayClientTests
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly GatewayDeadlines ShortSubmit = GatewayFixture.Patient with { Submit = TimeSpan.FromSeconds(2) };

    [Fact]
    public async Task EvaluateAsync_GivesWhatTheChaincodeReturns()
    {
        await using var fixture = await GatewayFixture.StartAsync();

        var result = await fixture.Asset.EvaluateAsync("Read", ["a1"], fixture.Soon);

        Assert.Equal("seen", Encoding.UTF8.GetString(result.Span));
        var request = EvaluateRequest.Parser.ParseFrom(Assert.Single(fixture.First.Requests));
        Assert.Equal("main", request.ChannelId);
        using var certificate = X509Certificate2.CreateFromPem(fixture.Certificate);
        using var key = certificate.GetECDsaPublicKey()!;
        Assert.True(key.VerifyData(request.ProposedTransaction.ProposalBytes.Span, request.ProposedTransaction.Signature.Span, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
    }

    [Fact]
    public async Task EvaluateAsync_ManyAtOnce_ShareConnections()
    {
        await using var fixture = await GatewayFixture.StartAsync();

        await Task.WhenAll(Enumerable.Range(0, 200).Select(number => fixture.Asset.EvaluateAsync("Read", [$"a{number}"], fixture.Soon)));

        Assert.Equal(200, fixture.First.Calls.Count);
        Assert.InRange(fixture.First.Connections, 1, 8);
    }

    [Fact]
    public async Task EvaluateAsync_ChaincodeRefuses_SaysWhatItSaid()
    {
        await using var fixture = await GatewayFixture.StartAsync();
        fixture.First.Fail(FabricMethods.Evaluate, GrpcStatus.Unknown, "evaluate call to endorser returned error: chaincode response 500, no\nsuch asset", "chaincode response 500, no\nsuch asset");

        var failure = await Assert.ThrowsAsync<EvaluateException>(() => fixture.Asset.EvaluateAsync("Read", ["a1"], fixture.Soon));

        Assert.Equal("chaincode-refused", failure.Code);
        Assert.Equal(new ChaincodeRefusal(500, "no\nsuch asset"), failure.Refusal);
        Assert.Equal(new GatewayErrorDetail("peer:7051", "Org1MSP", "chaincode response 500, no\nsuch asset"), Assert.Single(failure.Details));
        Assert.DoesNotContain('\n', failure.Message);
        Assert.False(failure.IsTransient);
        Assert.Empty(fixture.Second.Calls);
    }

    [Fact]
    public async Task Calls_FirstPeerAway_GoToTheSecondAndStayThere()
    {
        await using var fixture = await GatewayFixture.StartAsync();
        await fixture.First.DisposeAsync();

        await fixture.Asset.EvaluateAsync("Read", ["a1"], fixture.Soon);
        var result = await fixture.Asset.SubmitAsync("Create", ["a1"], fixture.Soon);

        Assert.Equal(7UL, result.BlockNumber);
        Assert.Equal("made", Encoding.UTF8.GetString(result.Result.Span));
        Assert.Equal(["Evaluate", "Endorse", "Submit", "CommitStatus"], fixture.Second.Calls);
    }

    [Fact]
    public async Task EvaluateAsync_NoPeerAnswers_TellsOfEach()
    {
        await using var fixture = await GatewayFixture.StartAsync();
        await fixture.First.DisposeAsync();
        fixture.Second.Fail(FabricMethods.Evaluate, GrpcStatus.Unavailable, "too busy");

        var failure = await Assert.ThrowsAsync<EvaluateException>(() => fixture.Asset.EvaluateAsync("Read", ["a1"], fixture.Soon));

        Assert.Equal("evaluate-failed", failure.Code);
        Assert.True(failure.IsTransient);
        Assert.Equal(2, failure.Details.Count);
    }

    [Theory]
    [InlineData(GrpcStatus.FailedPrecondition, "no combination of peers can be derived which satisfy the endorsement policy: x", "endorsement-unsatisfied")]
    [InlineData(GrpcStatus.Unavailable, "failed to find any endorsing peers for org(s): Org9MSP", "endorsement-unsatisfied")]
    [InlineData(GrpcStatus.Aborted, "failed to endorse transaction, see attached details for more info", "endorse-failed")]
    public async Task SubmitAsync_NotEndorsed_SubmitsNothing(GrpcStatus status, string message, string code)
    {
        await using var fixture = await GatewayFixture.StartAsync();
        fixture.First.Fail(FabricMethods.Endorse, status, message, "of this peer");
        fixture.Second.Fail(FabricMethods.Endorse, status, message, "of this peer");

        var failure = await Assert.ThrowsAsync<EndorseException>(() => fixture.Asset.SubmitAsync("Create", ["a1"], fixture.Soon));

        Assert.Equal(code, failure.Code);
        Assert.Contains("of this peer", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Submit", fixture.First.Calls.Concat(fixture.Second.Calls));
    }

    [Theory]
    [InlineData(TxValidationCode.MvccReadConflict, "transaction-conflict", true)]
    [InlineData(TxValidationCode.EndorsementPolicyFailure, "transaction-invalid", false)]
    public async Task SubmitAsync_Invalid_SaysWhy(TxValidationCode found, string code, bool isTransient)
    {
        await using var fixture = await GatewayFixture.StartAsync();
        fixture.First.On(FabricMethods.CommitStatus, _ => new CommitStatusResponse { Result = found, BlockNumber = 9 });

        var failure = await Assert.ThrowsAsync<CommitException>(() => fixture.Asset.SubmitAsync("Create", ["a1"], fixture.Soon));

        Assert.Equal((code, isTransient, found, 9UL), (failure.Code, failure.IsTransient, failure.Outcome.Code, failure.Outcome.BlockNumber));
    }

    [Fact]
    public async Task SubmitAsync_CutOff_SendsTheSameTransactionThroughTheNextPeer()
    {
        await using var fixture = await GatewayFixture.StartAsync();
        fixture.First.Handle(FabricMethods.Submit, Cut);

        await fixture.Asset.SubmitAsync("Create", ["a1"], fixture.Soon);

        var sent = SubmitRequest.Parser.ParseFrom(fixture.First.Requests.ElementAt(1));
        Assert.Equal(sent, SubmitRequest.Parser.ParseFrom(fixture.Second.Requests.First()));
    }

    [Fact]
    public async Task SubmitAsync_CutOffByAll_AsksTheLedger()
    {
        await using var fixture = await GatewayFixture.StartAsync(ShortSubmit);
        fixture.First.Handle(FabricMethods.Submit, Cut);
        fixture.Second.Handle(FabricMethods.Submit, Cut);

        var result = await fixture.Asset.SubmitAsync("Create", ["a1"], fixture.Soon);

        Assert.Equal(7UL, result.BlockNumber);
    }

    [Fact]
    public async Task Transaction_CutOffThenRefused_StaysUnknown()
    {
        await using var fixture = await GatewayFixture.StartAsync(ShortSubmit);
        fixture.First.Handle(FabricMethods.Submit, Cut);
        fixture.Second.Fail(FabricMethods.Submit, GrpcStatus.Unavailable, "no orderers could successfully process transaction", "received unsuccessful response from orderer: status=SERVICE_UNAVAILABLE, info=");
        var transaction = await fixture.Asset.Propose(ChaincodeRequest.Of("Create", "a1")).EndorseAsync(fixture.Soon);

        var failure = await Assert.ThrowsAsync<SubmitException>(() => transaction.SubmitAsync(fixture.Soon));

        Assert.True(failure.IsUnknown);
        Assert.Equal(("commit-unknown", transaction.TransactionId), (failure.Code, failure.TransactionId));
    }

    [Theory]
    [InlineData(58.7)] // another call, and then less than a second is left for one more
    [InlineData(90)] // the pause lasts far longer than it was to
    public async Task SubmitAsync_OrderersRefuse_IsNoUnknown(double seconds)
    {
        var clock = new ManualClock();
        await using var fixture = await GatewayFixture.StartAsync(clock: clock);
        foreach (var gateway in new[] { fixture.First, fixture.Second })
        {
            gateway.Fail(FabricMethods.Submit, GrpcStatus.Unavailable, "no orderers could successfully process transaction", "received unsuccessful response from orderer: status=SERVICE_UNAVAILABLE, info=");
        }

        var submitting = fixture.Asset.SubmitAsync("Create", ["a1"], fixture.Soon);
        await clock.PassAsync(Pause, fixture.Soon);
        await clock.PassAsync(Pause, fixture.Soon, by: TimeSpan.FromSeconds(seconds));

        var failure = await Assert.ThrowsAsync<SubmitException>(() => submitting);
        Assert.Equal(("submit-failed", false, true), (failure.Code, failure.IsUnknown, failure.IsTransient));
        Assert.DoesNotContain("CommitStatus", fixture.First.Calls.Concat(fixture.Second.Calls));
    }

    [Fact]
    public async Task SubmitAsync_NoLeaderForAWhile_SucceedsWithOneTransaction()
    {
        await using var fixture = await GatewayFixture.StartAsync();
        await fixture.Second.DisposeAsync();
        fixture.First.Handle(FabricMethods.Submit, async (context, _) =>
        {
            var isEarly = fixture.First.Calls.Count(call => call == "Submit") < 3;
            if (!isEarly)
            {
                await Transport.TestNode.WriteAsync(context, new SubmitResponse());
            }

            Transport.TestNode.End(context, isEarly ? (int)GrpcStatus.Unavailable : 0, isEarly ? "no orderer nodes available" : null);
        });

        await fixture.Asset.SubmitAsync("Create", ["a1"], fixture.Soon);

        Assert.Equal(3, fixture.First.Calls.Count(call => call == "Submit"));
        Assert.Equal(1, fixture.First.Calls.Count(call => call == "Endorse"));
    }

    [Fact]
    public async Task SubmitAsync_NothingHeardForAWhile_HandsTheSameTransactionOverAgain()
    {
        await using var fixture = await GatewayFixture.StartAsync(GatewayFixture.Patient with { Resubmit = TimeSpan.FromMilliseconds(200) });
        List<string> handedOver = [];
        var taken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        fixture.First.On(FabricMethods.Submit, request =>
        {
            handedOver.Add(Convert.ToHexString(request));
            if (handedOver.Count == 3)
            {
                taken.SetResult(); // the first ones were lost with their leader
            }

            return new SubmitResponse();
        });
        fixture.First.Handle(FabricMethods.CommitStatus, async (context, _) =>
        {
            await taken.Task.WaitAsync(context.RequestAborted);
            await TestNode.WriteAsync(context, new CommitStatusResponse { Result = TxValidationCode.Valid, BlockNumber = 7 });
            TestNode.End(context, 0);
        });

        var result = await fixture.Asset.SubmitAsync("Create", ["a1"], fixture.Soon);

        Assert.Equal(7UL, result.BlockNumber);
        Assert.InRange(handedOver.Count, 3, int.MaxValue); // more when the answer is slow
        Assert.Single(handedOver.Distinct());
    }

    [Fact]
    public async Task CommitStatusAsync_NothingHeard_IsUnknown()
    {
        await using var fixture = await GatewayFixture.StartAsync(GatewayFixture.Patient with { CommitStatus = TimeSpan.FromSeconds(1) });
        foreach (var gateway in new[] { fixture.First, fixture.Second })
        {
            gateway.Handle(FabricMethods.CommitStatus, (context, _) => Task.Delay(Timeout.Infinite, context.RequestAborted));
        }

        var failure = await Assert.ThrowsAsync<CommitStatusException>(() => fixture.Asset.SubmitAsync("Create", ["a1"], fixture.Soon));

        Assert.Equal(("commit-unknown", GrpcStatus.DeadlineExceeded), (failure.Code, failure.Status));
        Assert.NotNull(failure.TransactionId);
    }

    [Fact]
    public async Task Steps_WrittenDownAndReadAgain_AreTheSameTransaction()
    {
        await using var fixture = await GatewayFixture.StartAsync();
        var proposal = fixture.Asset.Propose(ChaincodeRequest.Of("Create", "a1") with { EndorsingOrganizations = ["Org2MSP"] });
        var signed = proposal.WithSignature(fixture.Signer.Sign(proposal.Message.Span));

        var transaction = await fixture.Client.Proposal(signed.ToBytes()).EndorseAsync(fixture.Soon);
        var commit = await fixture.Client.Transaction(transaction.Sign().ToBytes()).SubmitAsync(fixture.Soon);
        var outcome = await fixture.Client.Commit(commit.ToBytes()).StatusAsync(fixture.Soon);

        Assert.Equal(new CommitOutcome(proposal.TransactionId, TxValidationCode.Valid, 7), outcome);
        var endorsed = EndorseRequest.Parser.ParseFrom(fixture.First.Requests.First());
        Assert.Equal((proposal.TransactionId, "main"), (endorsed.TransactionId, endorsed.ChannelId));
        Assert.Equal(["Org2MSP"], endorsed.EndorsingOrganizations);
        Assert.Equal("main", SubmitRequest.Parser.ParseFrom(fixture.First.Requests.ElementAt(1)).ChannelId);
    }

    [Fact]
    public async Task Proposal_OfOtherBytes_IsRefused()
    {
        await using var fixture = await GatewayFixture.StartAsync();

        Assert.Throws<FormatException>(() => fixture.Client.Proposal(new byte[] { 1, 2, 3 }));
    }

    private static Task Cut(HttpContext context, byte[] request)
    {
        context.Abort();
        return Task.CompletedTask;
    }
}
