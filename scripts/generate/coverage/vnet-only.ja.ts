import type { CoveredDocument } from './statement';
import { vnetOnly } from './statements/vnetOnly';

export const vnetOnlyJapanese: CoveredDocument = {
  seed: 'vnet-only.ja',
  about: 'Japanese: how to limit the use of Azure OpenAI Service to a virtual network.',
  sections: [
    {
      name: 'Azure OpenAI Service の利用を VNet 経由に限定する方法',
      sentences: [['閉じて利用することができる', vnetOnly.reason]],
    },
    {
      name: '前提',
      sentences: [
        ['Azure OpenAI Service をデプロイ済み', vnetOnly.account],
        ['East US', vnetOnly.regions],
        ['1つのモデルをデプロイ', vnetOnly.model],
        ['API クライアントとして Linux', vnetOnly.client],
        ['サブネットの CIDR', vnetOnly.subnet],
        ['pip install openai', vnetOnly.library],
      ],
    },
    {
      name: '免責',
      sentences: [['CLI 等を使った操作の説明', vnetOnly.disclaimers]],
    },
    {
      name: '構成 / Before',
      sentences: [
        ['簡易なファイアウォール機能', vnetOnly.noNetworkProtection],
        ['使用しない認証方式を無効化', vnetOnly.keysStay],
        ['十分な複雑さ', vnetOnly.keysNotEnough],
      ],
    },
    {
      name: '構成 / After',
      sentences: [
        ['ネットワークアクセスを無効にした上で', vnetOnly.after],
        ['同じエンドポイントの FQDN', vnetOnly.sameName],
      ],
    },
    {
      name: '手順',
      sentences: [['1, 2 は順不同', vnetOnly.order]],
    },
    {
      name: '手順 / 1. Azure OpenAI Service のネットワークを無効にする',
      sentences: [
        ['リソースを Azure Portal で開き', vnetOnly.openNetworking],
        ['この状態で、仮想マシンから', vnetOnly.callBefore],
        ['許可するアクセス元 無効', vnetOnly.disable],
        ['数分待ちます', vnetOnly.waitForIt],
        ['Public access is disabled.', vnetOnly.callAfter],
      ],
    },
    {
      name: '手順 / 2. プライベート エンドポイントを作成する',
      sentences: [
        ['作成手順は一つではありません', vnetOnly.createEndpoint],
        ['リージョンの設定はそれに合わせて', vnetOnly.endpointRegion],
        ['に関して、特に変更はありません', vnetOnly.endpointTarget],
        ['仮想ネットワークおよびサブネットを使用', vnetOnly.endpointSubnet],
        ['IP アドレスを動的に', vnetOnly.dynamicAddress],
        ['IP アドレスを静的に', vnetOnly.staticAddress],
        ['アプリケーション セキュリティ グループ', vnetOnly.noSecurityGroup],
        ['の設定は、デフォルト値のまま', vnetOnly.dnsDefaults],
        ['は必要に応じて付与', vnetOnly.tags],
        ['デプロイを開始します', vnetOnly.createIt],
        ['参考までに', vnetOnly.groupBefore],
        ['privatelink.openai.azure.com', vnetOnly.zoneAppears],
        ['にアタッチされており', vnetOnly.interfaceAppears],
        ['Linux 仮想マシンで nslookup', vnetOnly.lookUp],
        ['の方は使いません', vnetOnly.lookUpCanonical],
      ],
    },
    {
      name: '手順 / 3. 仮想ネットワーク内からプライベート エンドポイント経由で Azure OpenAI Service を使用する',
      sentences: [['一切書き換えることなく', vnetOnly.runUnchanged]],
    },
    {
      name: '補足',
      sentences: [['8 点補足', vnetOnly.notesAhead]],
    },
    {
      name: '補足 / 仮想ネットワーク外から API をコールした場合',
      sentences: [['NewConnectionError', vnetOnly.callFromOutside]],
    },
    {
      name: '補足 / プライベート エンドポイントの FQDN',
      sentences: [['を使う必要はありません', vnetOnly.useTheName]],
    },
    {
      name: '補足 / 独自 DNS サーバーを利用する場合',
      sentences: [['DNS フォワーダー', vnetOnly.ownDns]],
    },
    {
      name: '補足 / 許可するアクセス元 は 無効 ではなく 選択したネットワークとプライベート エンドポイントでもよいのか',
      sentences: [['ソース IP アドレスや CIDR', vnetOnly.selectedNetworks]],
    },
    {
      name: '補足 / インターネット経由での Azure OpenAI Studio の操作',
      sentences: [
        ['できないこと', vnetOnly.studioFromInternet],
        ['画面左のメニューを展開', vnetOnly.studioTrial],
      ],
    },
    {
      name: '補足 / インターネット経由での API 操作',
      sentences: [['一覧表示はできない', vnetOnly.apiFromInternet]],
    },
    {
      name: '補足 / API キー で細かな認可は可能か',
      sentences: [['できません', vnetOnly.keysAllOrNothing]],
    },
    {
      name: '補足 / Azure RBAC で細かな認可は可能か',
      sentences: [['できません', vnetOnly.rolesAllOrNothing]],
    },
    {
      name: 'まとめ',
      sentences: [['簡単にできますので', vnetOnly.conclusion]],
    },
  ],
};
