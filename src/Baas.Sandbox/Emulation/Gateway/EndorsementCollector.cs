using Baas.Core.Fabric.Protos.Common;
using Baas.Core.Fabric.Protos.Gateway;
using Baas.Core.Fabric.Protos.Peer;
using Baas.Sandbox.Emulation.Peers;
using Baas.Sandbox.Emulation.Transport;
using Google.Protobuf;

namespace Baas.Sandbox.Emulation.Gateway;

/// <summary>Asks peers of one organization after the other until the endorsement policy is satisfied.</summary>
internal sealed class EndorsementCollector(PeerNode peer)
{
    private const int FirstError = 400;

    /// <summary>Runs a proposal on this peer.</summary>
    /// <exception cref="GrpcFailure">It fails.</exception>
    public static ProposalResponse Ask(PeerNode endorser, SignedProposal proposal, string failure)
    {
        ProposalResponse response;
        try
        {
            response = endorser.Endorser.Process(proposal);
        }
        catch (EmulationException refused)
        {
            throw Failed(endorser, GrpcStatusCode.FailedPrecondition, failure, refused.Message);
        }

        if (response.Response.Status is >= 200 and < FirstError)
        {
            return response;
        }

        throw response.Payload.IsEmpty
            ? Failed(endorser, GrpcStatusCode.Aborted, failure, response.Response.Message)
            : Failed(endorser, GrpcStatusCode.Unknown, failure, $"chaincode response {response.Response.Status}, {response.Response.Message}");
    }

    /// <summary>Collects endorsements and makes the transaction that the client signs.</summary>
    /// <exception cref="GrpcFailure">There are not enough, or they contradict each other.</exception>
    public Envelope Collect(EndorseRequest request)
    {
        var channel = GatewayFailures.DemandChannel(peer, request.ChannelId);
        var signed = request.ProposedTransaction ?? throw new GrpcFailure(GrpcStatusCode.InvalidArgument, "the proposed transaction must contain a signed proposal");
        var wanted = request.EndorsingOrganizations;
        var candidates = peer.Cluster.OnePerOrganization(channel)
            .Select(candidate => candidate.Msp.Id == peer.Msp.Id ? peer : candidate)
            .Where(candidate => wanted.Count == 0 || wanted.Contains(candidate.Msp.Id))
            .OrderByDescending(candidate => candidate == peer)
            .ToList();
        if (wanted.FirstOrDefault(organization => candidates.TrueForAll(candidate => candidate.Msp.Id != organization)) is { } missing)
        {
            throw new GrpcFailure(GrpcStatusCode.Unavailable, $"failed to find any endorsing peers for org(s): {missing}");
        }

        return Collect(channel, signed, candidates, isGiven: wanted.Count > 0);
    }

    private static Envelope Collect(PeerChannel channel, SignedProposal signed, List<PeerNode> candidates, bool isGiven)
    {
        ProposalResponse? first = null;
        var endorsements = new List<Endorsement>();
        var reason = "no peer can endorse";
        foreach (var candidate in candidates)
        {
            var response = Ask(candidate, signed, "failed to endorse transaction, see attached details for more info");
            first ??= response;
            if (response.Payload != first.Payload)
            {
                throw Failed(candidate, GrpcStatusCode.Aborted, "failed to collect enough transaction endorsements, see attached details for more info", "ProposalResponsePayloads do not match");
            }

            endorsements.Add(response.Endorsement);
            var prepared = Prepare(signed, first.Payload, endorsements);
            reason = isGiven && endorsements.Count < candidates.Count ? "more are wanted" : Refuse(channel, prepared);
            if (reason is null || (isGiven && endorsements.Count == candidates.Count))
            {
                return prepared;
            }
        }

        throw new GrpcFailure(GrpcStatusCode.FailedPrecondition, $"no combination of peers can be derived which satisfy the endorsement policy: {reason}");
    }

    private static string? Refuse(PeerChannel channel, Envelope prepared)
    {
        var transaction = TransactionReader.Read(prepared) ?? throw new GrpcFailure(GrpcStatusCode.Aborted, "failed to assemble transaction");
        return EndorsementPolicies.Refuse(channel, transaction, ReadWriteSet.Parse(transaction.Action.Results));
    }

    private static Envelope Prepare(SignedProposal signed, ByteString payload, List<Endorsement> endorsements)
    {
        var proposal = Proposal.Parser.ParseFrom(signed.ProposalBytes);
        var header = Header.Parser.ParseFrom(proposal.Header);
        var input = ChaincodeProposalPayload.Parser.ParseFrom(proposal.Payload).Input;
        var action = new ChaincodeActionPayload
        {
            ChaincodeProposalPayload = new ChaincodeProposalPayload { Input = input }.ToByteString(),
            Action = new ChaincodeEndorsedAction { ProposalResponsePayload = payload, Endorsements = { endorsements } },
        };
        var transaction = new Transaction { Actions = { new TransactionAction { Header = header.SignatureHeader, Payload = action.ToByteString() } } };
        return new Envelope { Payload = new Payload { Header = header, Data = transaction.ToByteString() }.ToByteString() };
    }

    private static GrpcFailure Failed(PeerNode endorser, GrpcStatusCode status, string message, string cause) => GatewayFailures.Of(status, message, endorser.Address, endorser.Msp.Id, cause);
}
