import type { Connection } from "../../../../operations/connection";
import { networkFinders } from "../../../../operations/repair/finders/aws-network";
import { cluster } from "../../../support/settings";

const podCidr = "100.64.0.0/16";

function foundBlock(state: string) {
  const associations = [
    { AssociationId: "vpc-cidr-assoc-1", CidrBlock: "10.0.0.0/22", CidrBlockState: { State: "associated" } },
    { AssociationId: "vpc-cidr-assoc-2", CidrBlock: podCidr, CidrBlockState: { State: state } },
  ];
  const send = async () => ({ Vpcs: [{ VpcId: "vpc-1", CidrBlockAssociationSet: associations }] });
  const connection = { settings: cluster(), aws: { ec2: { send } } } as unknown as Connection;
  const planned = { vpc_id: "vpc-1", cidr_block: podCidr };
  return networkFinders["aws_vpc_ipv4_cidr_block_association"]?.(planned, connection, { ids: [], isReplaced: false });
}

test("a block for pods that the VPC has already is found by its id, with which Terraform imports it", async () => {
  expect(await foundBlock("associated")).toMatchObject({ id: "vpc-cidr-assoc-2" });
});

test("one that was taken away, which EC2 lists for a while, is in nobody's way", async () => {
  expect(await foundBlock("disassociated")).toBeUndefined();
});
